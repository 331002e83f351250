# The recipes of docs/recipes-containers.md, run as they are printed there.
# shellcheck shell=bash

readonly documentation=docs/recipes-containers.md

# Each file that runs here stands there word for word.
recipes_are_documented() {
  local file
  for file in $here/recipes/{recipe.py,recipe.mjs,main.go,Recipe.java} docker/compose.takeover.yaml $here/recipes/pod.yaml; do
    contains "$(<$documentation)" "$(<"$file")" >/dev/null || { echo "$documentation doesn't print $file"; return 1; }
  done
}

# recipe FILE…: a folder of its own with these files, which run the image under test.
recipe() {
  folder=$work/recipe-$BASHPID
  mkdir "$folder"
  (cd $here/recipes && cp "$@" "$folder")
  sed -i "s|\"stytch-mock\"|\"$image\"|" "$folder/$1"
  # its helper image can't be pulled everywhere; the recipes end what they start. Where this machine looks like a
  # container it would look for the ports on the bridge.
  export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
  export TESTCONTAINERS_CONNECTION_MODE=docker_host
}

testcontainers_python() {
  recipe recipe.py requirements.txt
  python3 -m pip install --quiet --disable-pip-version-check --target "$folder/packages" --requirement "$folder/requirements.txt"
  equals "$(PYTHONPATH=$folder/packages python3 "$folder/recipe.py")" "200 1"
}

testcontainers_node() {
  recipe recipe.mjs package.json package-lock.json
  npm ci --prefix "$folder" --silent --ignore-scripts
  equals "$(node "$folder/recipe.mjs")" "200 1"
}

testcontainers_go() {
  recipe main.go
  (cd "$folder" && go mod init recipe && go get github.com/testcontainers/testcontainers-go@v0.40.0 && go build -o recipe .)
  equals "$("$folder/recipe")" "200 1 <nil>"
}

testcontainers_java() {
  recipe Recipe.java pom.xml
  contains "$(mvn --quiet --file "$folder" compile org.codehaus.mojo:exec-maven-plugin:3.5.0:java)" "200 true"
}

# The stand-in app as an image, built outside like the emulator's.
app_build() {
  if docker image inspect "$app_image" >/dev/null 2>&1; then return 0; fi
  cp -r docker/app "$work/app"
  (cd docker/app && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$work/app/prebuilt/app" .) || return 1
  docker build --quiet --target prebuilt --tag "$app_image" "$work/app"
}

# compose_up FILE: runs it until the app has ended; its exit code is the app's, its output what both said.
compose_up() {
  local files=(--project-name "stytch-mock-test-$$" --file "$1") code=0
  export STYTCH_MOCK_IMAGE=$image APP_IMAGE=$app_image
  "${compose[@]}" "${files[@]}" up --no-build --abort-on-container-exit --exit-code-from app 2>&1 || code=$?
  "${compose[@]}" "${files[@]}" down --volumes 2>&1
  return $code
}

compose_app() {
  app_build
  local said
  said=$(compose_up docker/compose.yaml) || { echo "$said"; return 1; }
  contains "$said" "app: compose-1 has 2 active session(s)"
}

compose_takeover() {
  app_build
  local said
  said=$(compose_up docker/compose.takeover.yaml) || { echo "$said"; return 1; }
  contains "$said" "app: compose-1 has 2 active session(s)"
  contains "$said" "# TLS: https://127.0.0.1:443"
}
