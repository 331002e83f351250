# The release workflow's own steps, run for real.
# shellcheck shell=bash

# A copy of the tree, as a checkout of the workflow's job is, with this platform's binary and stand-ins for the others'.
release_prepare() {
  release=$work/release
  mkdir -p "$release/bare"
  git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from - --ignore-failed-read 2>/dev/null |
    tar --extract --directory "$release"
  cp "$binary" "$release/bare/linux-x64"
  local platform
  for platform in darwin-arm64 darwin-x64 linux-arm64 win32-x64; do echo "of another platform" >"$release/bare/$platform"; done
  chmod 755 "$release"/bare/*
}

# release_step NAME: runs the step of the job `packages` that has this name.
release_step() {
  local script
  script=$(awk -v name="$1" '
    /^  [a-z]+:$/ { job = $1 }
    job == "packages:" && /^      - / { here = $0 == "      - name: " name; runs = 0 }
    here && runs { sub(/^          /, ""); print }
    here && /^        run: \|$/ { runs = 1 }
  ' .github/workflows/release.yml)
  [[ -n $script ]] || { echo "the workflow has no step $1"; return 1; }
  (cd "$release" && CARGO_TARGET_DIR=$root/target bash -euo pipefail -c "$script")
}
