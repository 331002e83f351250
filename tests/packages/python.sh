# The PyPI package.
# shellcheck shell=bash

python_checks() {
  check "python: the wheel is built" python_pack
  check "python: twine check takes it" python_publishable
  check "python: the first green SDK call, from an empty environment" python_first_call
  check "python: the wheel is installed" python_install
  check "python: mypy --strict and pyright find nothing wrong, in the package and in its use" python_types
  check "python: processes, control plane, projects, and nothing left after SIGKILL" python_api
  check "python: pytest -n 4, with a project for each test" python_suite
}

# An environment with what builds, checks and tries the wheel, but not the wheel.
python_tools() {
  tools=$cache/python
  [[ $tools/installed -nt $here/python/requirements.txt ]] && return
  python3 -m venv --clear "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/python/requirements.txt"
  touch "$tools/installed"
}

python_pack() {
  python_tools
  # the same for each platform: here the names are the question
  PYTHON=$tools/bin/python packages/python/pack "$work/wheels" "linux-x64=$binary" "win32-x64=$here/run" "darwin-arm64=$here/run"
  equals "$(cd "$work/wheels" && printf '%s\n' *)" "$(
    cat <<'WHEELS'
stytch_mock-0.1.0-py3-none-macosx_11_0_arm64.whl
stytch_mock-0.1.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64.whl
stytch_mock-0.1.0-py3-none-win_amd64.whl
WHEELS
  )"
}

python_publishable() { "$cache/python/bin/twine" check --strict "$work"/wheels/*.whl; }

# pip picks the wheel of this platform by itself, from the folder.
python_pip() { "$1/bin/pip" install --quiet --disable-pip-version-check --find-links "$work/wheels" "${@:2}"; }

python_first_call() {
  local from=${EPOCHREALTIME/[.,]/} installed done
  python3 -m venv "$work/first-python"
  python_pip "$work/first-python" stytch-mock stytch==15.3.0
  installed=${EPOCHREALTIME/[.,]/}
  equals "$("$work/first-python/bin/python" "$here/python/first.py")" 200
  done=${EPOCHREALTIME/[.,]/}
  echo "note: $(((done - installed) / 1000)) ms, with the install $(((done - from) / 1000)) ms"
}

# An environment of its own on top of the tools', and the app in an empty folder.
python_install() {
  python3 -m venv "$work/python"
  local packages
  packages=$(cd "$work/python"/lib/python3*/site-packages && pwd)
  echo "$(cd "$cache/python"/lib/python3*/site-packages && pwd)" >"$packages/tools.pth"
  python_pip "$work/python" --no-deps stytch-mock
  cp -r "$here/python" "$work/python-app"
}

python_in_app() { (cd "$work/python-app" && "$work/python/bin/python" -m "$@"); }

python_types() {
  python_in_app mypy --strict --package stytch_mock
  python_in_app mypy --strict .
  printf '{"typeCheckingMode": "strict", "reportPrivateUsage": false}' >"$work/python-app/pyrightconfig.json"
  python_in_app pyright --pythonpath "$work/python/bin/python"
  # and what a wrong use looks like
  echo 'from stytch_mock import StytchMock; StytchMock(wire="paper").clock.advance(5)' >"$work/python-app/wrong.py"
  local said
  said=$(python_in_app mypy --strict wrong.py) && return 1
  contains "$said" "Found 2 errors"
  rm "$work/python-app/wrong.py"
}

python_api() {
  python_in_app pytest -q -s -p no:cacheprovider api_test.py | tee "$work/api.log"
  echo "note: $(sed -n 's/^note: //p' "$work/api.log" | paste -sd ';' | sed 's/;/; /g')"
}

python_suite() { python_in_app pytest -q -n 4 -p no:cacheprovider --disable-warnings test_one.py test_two.py test_three.py test_four.py; }
