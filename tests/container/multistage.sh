# The whole Dockerfile, on a base image made of this machine's own toolchain, since none can be pulled everywhere.
# shellcheck shell=bash

multistage_builds() {
  local base=stytch-mock-rust:test-$$
  base_image | docker import --change 'ENV PATH=/toolchain/bin:/usr/bin:/bin' - "$base"
  docker build --file docker/Dockerfile --network host --build-arg RUST_IMAGE="$base" --tag "$image-full" .
  docker run --rm --label "$label" "$image-full" --version
  docker rmi --force "$image-full" "$base"
}

# A shell, a C linker and the toolchain that is in use here: what rust:*-slim has.
base_image() {
  local sysroot
  sysroot=$(rustc --print sysroot)
  tar --create --dereference --ignore-failed-read --exclude '*/share/doc' --exclude '*/rustlib/src' \
    --transform "s|^${sysroot#/}|toolchain|" --directory / \
    "${sysroot#/}/bin" "${sysroot#/}/lib" \
    bin/sh bin/mkdir bin/touch bin/mv bin/sed bin/dash $(compiler_files) etc/ssl/certs/ca-certificates.crt etc/resolv.conf
}
