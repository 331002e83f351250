# How a fact is checked: a function that fails if it doesn't hold, and whose last line of output says more.
# shellcheck shell=bash

passed=0 failed=0
readonly label=stytch-mock-test=$$

# check "what is claimed" function [arguments]: runs it by itself; its containers end with it.
check() {
  local claim=$1 code
  shift
  set +e
  (set -e; "$@") >"$work/output" 2>&1
  code=$?
  set -e
  if ((code == 0)); then
    passed=$((passed + 1))
    printf 'ok    %s%s\n' "$claim" "$(tail -n 1 "$work/output" | sed -n 's/^note: \(.*\)/ (\1)/p')"
  else
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$claim"
    sed 's/^/      /' "$work/output"
  fi
  remove_containers
}

remove_containers() {
  docker ps -aq --filter "label=$label" | xargs -r docker rm -f >/dev/null
}

# await SECONDS command…: until it succeeds.
await() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.02
  done
}

# contains TEXT PART
contains() {
  [[ $1 == *"$2"* ]] || { printf 'not found: %s\nin:\n%s\n' "$2" "$1"; return 1; }
}

# equals IS SHOULD
equals() {
  [[ $1 == "$2" ]] || { printf 'it is:        %s\nit should be: %s\n' "$1" "$2"; return 1; }
}

# first_line command…: sets `line`, `milliseconds` it took to appear, and `pid` of the command.
first_line() {
  local from=${EPOCHREALTIME/[.,]/}
  exec {lines}< <(exec "$@" 2>"$work/errors")
  pid=$!
  IFS= read -r -u "$lines" line || { cat "$work/errors"; return 1; }
  milliseconds=$(((${EPOCHREALTIME/[.,]/} - from + 500) / 1000))
}

# start [options of docker run] [-- arguments of the emulator]: sets `id`; returns once it is ready.
start() {
  launch "$@"
  await 10 ready "$id" || { docker logs "$id"; return 1; }
}

launch() {
  local options=()
  while (($#)) && [[ $1 != -- ]]; do options+=("$1"); shift; done
  shift || true
  id=$(docker run --detach --label "$label" "${options[@]}" "$image" "$@")
}

ready() {
  [[ $(docker logs "$1" 2>/dev/null) == "stytch-mock ready on "* ]]
}

# ended ID: the exit code, once it has ended.
ended() {
  timeout 10 docker wait "$1"
}

# url ID: where this machine finds the container's port.
url() {
  printf 'http://%s' "$(docker port "$1" 7898/tcp | head -n 1)"
}

# sessions URL USER: what the emulator answers with the built-in credentials.
sessions() {
  curl --silent --show-error --max-time 5 --user "$project:$secret" "$1/v1/sessions?user_id=$2"
}
