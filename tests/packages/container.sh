# The Go module and the Java artifact, which run the image.
# shellcheck shell=bash

go_checks() {
  check "go: vet and gofmt find nothing wrong" go_vetted
  image_build
  check "go: containers, control plane, projects with the vendor's SDK, and nothing left after SIGKILL" go_suite
}

java_checks() {
  check "java: it is compiled with all lints, packed and documented" release_step Java
  image_build
  check "java: containers, control plane, projects with the vendor's SDK, and nothing left after SIGKILL" java_suite
}

# The image, in a real engine; once.
image_build() {
  [[ -z ${image:-} ]] || return 0
  architecture=amd64
  (binary_build)
  engine_start
  image=stytch-mock:packages-$$
  docker build --quiet --file docker/Dockerfile --target prebuilt --build-arg TARGETARCH=$architecture --tag "$image" . >/dev/null 2>"$work/build.log" ||
    { cat "$work/build.log"; return 1; }
  # the reaper's image can't be pulled everywhere: that nothing is left is the emulator's own doing. Where this machine looks
  # like a container, ports would be looked for on the bridge
  export STYTCH_MOCK_IMAGE=$image TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
  export TESTCONTAINERS_CONNECTION_MODE=docker_host
}

# How many containers of the image there are, running or not.
containers() { docker ps --all --quiet --filter "ancestor=$image" | wc -l; }

# killed command…: it prints its container's URL and stays; killed, it leaves no container behind after 2 s.
killed() {
  first_line "$@"
  local url=$line from
  curl --silent --fail --output /dev/null "$url/__mock/health"
  from=${EPOCHREALTIME/[.,]/}
  kill -KILL "$pid"
  await 2 curl_fails "$url"
  local took=$(((${EPOCHREALTIME/[.,]/} - from) / 1000))
  await 5 none_left
  echo "gone $took ms after SIGKILL, the container after $(((${EPOCHREALTIME/[.,]/} - from) / 1000)) ms"
}

none_left() { (($(containers) == 0)); }
curl_fails() { ! curl --silent --max-time 1 --output /dev/null "$1/__mock/health"; }

# timed NAME command…: runs it, and says how long that took.
timed() {
  local from=${EPOCHREALTIME/[.,]/} name=$1
  shift
  "$@" || return 1
  echo "$name $(((${EPOCHREALTIME/[.,]/} - from) / 1000)) ms"
}

go_vetted() {
  (cd packages/go && equals "$(gofmt -l .)" "" && go vet ./... && go mod verify >/dev/null)
  (cd "$here/go" && equals "$(gofmt -l .)" "" && go vet ./...)
}

go_suite() {
  (cd "$here/go" && go build -o "$work/go-stay" ./stay && go test -count=1 ./...)
  local first installed left
  first=$(timed "first SDK call" "$work/go-stay" --first)
  contains "$first" "200"
  installed=$(timed "with the install" go_from_nothing)
  contains "$installed" "200"
  left=$(killed "$work/go-stay" | tail -n 1)
  echo "note: $(tail -n 1 <<<"$first"), $(tail -n 1 <<<"$installed"); $left"
}

# What was never compiled here before; its modules are in the cache.
go_from_nothing() {
  (cd "$here/go" && GOCACHE=$work/go-cache go build -o "$work/go-first" ./stay)
  "$work/go-first" --first
}

java_suite() {
  mvn --batch-mode --quiet --file "$here/java" clean test dependency:build-classpath -Dmdep.outputFile="$work/classpath" \
    >"$work/java.log" 2>&1 || { cat "$work/java.log"; return 1; }
  local stay=(java -cp "$here/java/target/test-classes:$(<"$work/classpath")" Stay) first installed left
  first=$(timed "first SDK call" "${stay[@]}" --first)
  contains "$first" "200"
  installed=$(timed "with the install" java_from_nothing)
  contains "$installed" "200"
  left=$(killed "${stay[@]}" | tail -n 1)
  echo "note: $(tail -n 1 <<<"$first"), $(tail -n 1 <<<"$installed"); $left"
}

# What was never compiled here before; its artifacts are in the cache.
java_from_nothing() {
  mvn --batch-mode --quiet --file "$here/java" clean test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath" >/dev/null
  java -cp "$here/java/target/test-classes:$(<"$work/classpath")" Stay --first
}
