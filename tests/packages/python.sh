# The PyPI package.
# shellcheck shell=bash

python_checks() {
  python_tools
  check "python: the wheels are built, one for each platform, and twine check takes them" python_pack
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

# One for each platform, named after it: installers go by that.
python_pack() {
  release_step PyPI
  local version tag
  version=$(sed -n '/^\[package\]/,/^\[/s/^version = "\(.*\)"$/\1/p' Cargo.toml)
  for tag in macosx_10_12_x86_64 macosx_11_0_arm64 win_amd64 manylinux_2_17_{x86_64,aarch64}; do
    compgen -G "$release/packed/pypi/stytch_mock-$version-py3-none-$tag*.whl" >/dev/null || { echo "no wheel for $tag"; return 1; }
  done
}

# pip picks the wheel of this platform by itself, from the folder.
python_pip() { "$1/bin/pip" install --quiet --disable-pip-version-check --find-links "$release/packed/pypi" "${@:2}"; }

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
  python_in_app mypy --strict --python-version 3.10 --package stytch_mock
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
