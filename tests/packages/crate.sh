# The crate.
# shellcheck shell=bash

crate_checks() {
  check "crate: it is packed without a network, and built from what was packed" crate_package
  check "crate: cargo publish --dry-run takes it" release_step "the crate"
  check "crate: its documentation is built, without a warning" crate_documentation
}

crate_package() {
  cargo package --quiet --locked --offline --allow-dirty
  local crates=("${CARGO_TARGET_DIR:-target}"/package/stytch-mock-*.crate)
  equals "$(tar -tzf "${crates[0]}" | grep -cE '/(packages|tests|docs|\.github)/')" 0
  echo "note: $(($(stat -c %s "${crates[0]}") / 1024)) KiB"
}

crate_documentation() { RUSTDOCFLAGS="--deny warnings" cargo doc --quiet --locked --no-deps --lib; }
