# The GitHub Action, run as a runner runs it: inputs by variables, answers by files.
# shellcheck shell=bash

action_checks() {
  check "action: it starts the emulator with the flags, and tells the job" action_starts
  check "action: it says why the emulator did not start" action_explains
}

# action_step FILE [INPUT=VALUE …]: runs a script of the action.
action_step() {
  local script=$1
  shift
  mkdir -p "$work/action"
  env "${@/#/INPUT_}" RUNNER_TEMP="$work/action" GITHUB_ENV="$work/action/env" GITHUB_OUTPUT="$work/action/output" \
    GITHUB_STATE="$work/action/state" node "packages/action/$script"
}

action_starts() {
  action_step main.cjs BINARY="$binary" RATE-LIMIT=1/h CLOCK=2026-01-01T00:00:00Z WATCH=false
  local STYTCH_MOCK_URL STYTCH_PROJECT_ID STYTCH_SECRET
  source "$work/action/env"
  curl --silent "$STYTCH_MOCK_URL/__mock/clock" | grep --quiet '"now":"2026-01-01T00:00:00Z"'
  local ask=(curl --silent --output /dev/null --write-out '%{http_code}\n' --user "$STYTCH_PROJECT_ID:$STYTCH_SECRET")
  equals "$("${ask[@]}" "$STYTCH_MOCK_URL/v1/sessions?user_id=nobody")" 404
  equals "$("${ask[@]}" "$STYTCH_MOCK_URL/v1/sessions?user_id=nobody")" 429
  contains "$(<"$work/action/output")" "url=$STYTCH_MOCK_URL"
  local state said
  state=$(sed 's/^/STATE_/' "$work/action/state")
  said=$(env $state node packages/action/post.cjs)
  contains "$said" "GET /v1/sessions?user_id=nobody  404  user_not_found  no user \`nobody\`"
  contains "$said" "2 requests"
  # a runner ends it with its job
  kill "$(sed -n 's/^pid=//p' "$work/action/state")"
  await 5 curl_fails "$STYTCH_MOCK_URL"
}

curl_fails() { ! curl --silent "$1/__mock/health"; }

action_explains() {
  local said
  said=$(action_step main.cjs BINARY="$binary" PORT=http) && return 1
  contains "$said" "::error::the emulator did not start: it ended with 2"
  contains "$said" "STYTCH_MOCK_PORT"
}
