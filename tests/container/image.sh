# The facts about the image and about a container of it.
# shellcheck shell=bash

# A static binary, where the Dockerfile's `prebuilt` target looks for it: $STYTCH_MOCK_STATIC_BIN, or one that is made.
binary_build() {
  local host
  host=$(rustc -vV | sed -n 's/^host: //p')
  case $host in
    x86_64-*) architecture=amd64 ;;
    aarch64-*) architecture=arm64 ;;
    *) echo "container: no image for $host" >&2; exit 1 ;;
  esac
  binary=target/prebuilt/$architecture/stytch-mock
  install -D "${STYTCH_MOCK_STATIC_BIN:-$(.ci/build-static)}" "$binary"
}

image_is_small() {
  docker build --quiet --file docker/Dockerfile --target prebuilt --build-arg TARGETARCH=$architecture --tag "$image" .
  local bytes
  bytes=$(docker image inspect --format '{{.Size}}' "$image")
  ((bytes <= 10000000)) || { echo "it has $bytes bytes"; return 1; }
  awk -v bytes="$bytes" 'BEGIN { printf "note: %.2f MB\n", bytes / 1e6 }'
}

image_is_described() {
  local config
  config=$(docker image inspect --format '{{.Config.User}} {{.Config.Entrypoint}} {{.Config.ExposedPorts}}' "$image")
  equals "$config" "65532:65532 [/stytch-mock] map[7898/tcp:{}]"
  equals "$(docker image inspect --format '{{json .Config.Healthcheck.Test}}' "$image")" '["CMD","/stytch-mock","healthcheck"]'
  local labels name
  labels=$(docker image inspect --format '{{json .Config.Labels}}' "$image")
  for name in title description licenses version revision source; do
    contains "$labels" "org.opencontainers.image.$name"
  done
}

# What the engine itself puts into every container is left out.
image_holds_nothing_else() {
  local id listing
  id=$(docker create --label "$label" "$image")
  listing=$(docker export "$id" | tar -tv --numeric-owner | grep -vE ' (\.dockerenv|(dev|etc|proc|sys)/.*)$')
  equals "$(awk '{ print $NF }' <<<"$listing" | sort)" "$(cd seed && printf '%s\n' examples/ stytch-mock $(printf 'examples/%s ' $(ls | grep -v schema)) | sort)"
  # owner root, and no w for anybody else
  equals "$(grep -vE '^[-d]r.x?.{1,2}-.{2}-. 0/0 ' <<<"$listing")" ""
  # and the same, tried: the root directory of a container that is not even read-only
  launch -- --ready-file /ready
  equals "$(ended "$id")" 1
  contains "$(docker logs "$id" 2>&1)" "--ready-file /ready: Permission denied"
}

image_has_no_shell() {
  local shell code
  for shell in /bin/sh sh /bin/bash /busybox/sh; do
    code=0
    docker run --label "$label" --entrypoint "$shell" "$image" -c true || code=$?
    equals "$code" 127
  done
}

# Some starts, told and not judged: how long one takes is up to the engine and the machine. The engine alone is the time to
# the first line of `--version`; what the emulator adds to it is the time that the binary alone takes.
tells_how_fast_it_starts() {
  local round starts=() engine_alone=() own=()
  for round in {1..5}; do
    first_line docker run --name "stytch-mock-test-$$" --label "$label" --publish 127.0.0.1::7898 "$image"
    contains "$line" "stytch-mock ready on http://0.0.0.0:7898"
    starts+=("$milliseconds")
    docker rm --force "stytch-mock-test-$$"
    first_line docker run --rm --label "$label" --publish 127.0.0.1::7898 "$image" --version
    engine_alone+=("$milliseconds")
    wait "$pid"
    first_line "$binary" --port 0
    own+=("$milliseconds")
    kill "$pid"
    wait "$pid"
  done
  printf 'note: ready %d ms after docker run at best, median %d; the engine alone %d, median %d; the binary alone %d, median %d\n' \
    "$(best "${starts[@]}")" "$(median "${starts[@]}")" "$(best "${engine_alone[@]}")" "$(median "${engine_alone[@]}")" \
    "$(best "${own[@]}")" "$(median "${own[@]}")"
}

best() { printf '%s\n' "$@" | sort -n | head -n 1; }
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }

# The port that the banner knows of is the container's; if this machine's is taken, another is put into the line.
greets_newcomers() {
  local port=7898 call
  if (exec 3<>/dev/tcp/127.0.0.1/7898) 2>/dev/null; then port=0; fi
  start --publish "127.0.0.1:$port:7898"
  call=$(docker logs "$id" 2>/dev/null | sed -n 's/^#   \(curl .*\)/\1/p')
  contains "$call" "curl -u '$project:$secret' 'http://127.0.0.1:7898/v1/sessions?user_id="
  local answer
  answer=$(eval "${call//http:\/\/127.0.0.1:7898/$(url "$id")}")
  contains "$answer" '{"status_code":200,'
  contains "$answer" '"sessions":[{'
}

turns_healthy() {
  local from=${EPOCHREALTIME/[.,]/}
  launch --network none
  health() { [[ $(docker inspect --format '{{.State.Health.Status}}' "$id") == "$1" ]]; }
  await 10 health healthy
  local took=$(((${EPOCHREALTIME/[.,]/} - from) / 1000)) code=0
  docker run --label "$label" --network none "$image" healthcheck || code=$?
  equals "$code" 1
  echo "note: healthy $took ms after docker run"
}

# seed_folder NAME JSON: sets `folder`, to be mounted.
seed_folder() {
  folder=$work/seed-$BASHPID
  rm -rf "$folder"
  mkdir "$folder"
  chmod 755 "$work" "$folder"
  (($#)) || return 0
  printf '%s' "$2" >"$folder/$1"
}

readonly one_user='{"projects": [{"users": [{"external_id": "mounted-1", "sessions": [{}, {}]}]}]}'

loads_mounted_seed() {
  seed_folder users.json "$one_user"
  start --publish 127.0.0.1::7898 --volume "$folder:/seed:ro"
  contains "$(docker logs "$id" 2>/dev/null)" "# Seed: /seed/users.json (1 project, 1 user, 2 sessions)"
  contains "$(sessions "$(url "$id")" mounted-1)" '{"status_code":200,'
}

ignores_empty_seed() {
  seed_folder
  start --volume "$folder:/seed:ro"
  contains "$(docker logs "$id" 2>/dev/null)" "# Seed: the built-in seed"
}

loads_environment_seed() {
  start --publish 127.0.0.1::7898 --env STYTCH_MOCK_SEED_JSON="${one_user/mounted-1/environment-1}"
  contains "$(sessions "$(url "$id")" environment-1)" '{"status_code":200,'
}

merges_seeds() {
  seed_folder users.json "$one_user"
  start --publish 127.0.0.1::7898 --volume "$folder:/seed:ro" --env STYTCH_MOCK_SEED_JSON="${one_user/mounted-1/environment-1}"
  contains "$(sessions "$(url "$id")" mounted-1)" '{"status_code":200,'
  contains "$(sessions "$(url "$id")" environment-1)" '{"status_code":200,'
}

readonly bad_seed='{"projects": [{
  "users": [{ "sesions": [] }]
}]}'

explains_bad_seed() {
  seed_folder users.json "$bad_seed"
  launch --volume "$folder:/seed:ro"
  equals "$(ended "$id")" 1
  local log
  log=$(docker logs "$id" 2>&1)
  contains "$log" "/seed/users.json:2:15"
  contains "$log" "sessions"
  echo "note: $(sed -n 2p <<<"$log" | sed 's/^ *//')"
}

explains_bad_setting() {
  launch --env STYTCH_MOCK_PORT=http
  equals "$(ended "$id")" 2
  contains "$(docker logs "$id" 2>&1)" "STYTCH_MOCK_PORT"
}

validates_mounted_seed() {
  seed_folder users.json "$one_user"
  contains "$(docker run --label "$label" --volume "$folder:/seed:ro" "$image" validate)" "/seed/users.json: fine"
  seed_folder users.json "$bad_seed"
  launch --volume "$folder:/seed:ro" -- validate
  equals "$(ended "$id")" 1
}

# No network: it is asked from inside, by itself.
runs_locked_up() {
  start --read-only --cap-drop ALL --network none --security-opt no-new-privileges --memory 16m --pids-limit 16
  docker exec "$id" /stytch-mock healthcheck
  docker stop "$id"
  equals "$(docker inspect --format '{{.State.ExitCode}} {{.State.OOMKilled}}' "$id")" "0 false"
}

stops_at_once() {
  start
  local from=${EPOCHREALTIME/[.,]/} took
  docker stop "$id"
  took=$(((${EPOCHREALTIME/[.,]/} - from) / 1000))
  equals "$(docker inspect --format '{{.State.ExitCode}}' "$id")" 0
  ((took <= 1000)) || { echo "it took $took ms"; return 1; }
  echo "note: $took ms"
}

stops_at_interrupt() {
  start --publish 127.0.0.1::7898
  local address from=${EPOCHREALTIME/[.,]/}
  address=$(docker port "$id" 7898/tcp | head -n 1)
  exec {connection}<>"/dev/tcp/${address/:/\/}"
  printf 'GET /__mock/health HTTP/1.1\r\nhost: localhost\r\n\r\n' >&"$connection"
  read -r -t 5 -u "$connection" line
  contains "$line" "HTTP/1.1 200 OK"
  from=${EPOCHREALTIME/[.,]/}
  docker kill --signal INT "$id"
  equals "$(ended "$id")" 0
  local took=$(((${EPOCHREALTIME/[.,]/} - from) / 1000))
  ((took <= 2000)) || { echo "it took $took ms"; return 1; }
  echo "note: $took ms"
}
