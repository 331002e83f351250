# The whole Dockerfile, with a base image made of Debian's packages and this machine's toolchain, since rust:*-slim
# can't be pulled everywhere.
# shellcheck shell=bash

multistage_builds() {
  local base=stytch-mock-rust:test-$$
  base_image | docker import --change 'ENV PATH=/toolchain/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$base"
  docker build --file docker/Dockerfile --network host --build-arg RUST_IMAGE="$base" --build-arg TARGETARCH=$architecture \
    --tag "$image-full" .
  local settings='{{json .Config.Entrypoint}} {{json .Config.Env}} {{json .Config.Healthcheck}} {{.Config.User}}'
  equals "$(docker image inspect --format "$settings" "$image-full")" "$(docker image inspect --format "$settings" "$image")"
  local bytes
  bytes=$(docker image inspect --format '{{.Size}}' "$image-full")
  ((bytes <= 8000000)) || { echo "it has $bytes bytes"; return 1; }
  image=$image-full runs_locked_up
  remove_containers
  docker rmi --force "$image-full" "$base"
  awk -v bytes="$bytes" 'BEGIN { printf "note: %.2f MB\n", bytes / 1e6 }'
}

# What rust:*-slim has: Debian, a C compiler, a toolchain.
base_image() {
  local root=$work/base sysroot
  sysroot=$(rustc --print sysroot)
  command -v debootstrap >/dev/null || install_packages debootstrap >&2
  debootstrap --variant=minbase --include=gcc,libc6-dev,ca-certificates bookworm "$root" >&2
  # the machine's idea of whom to trust
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  mkdir "$root/toolchain"
  cp -r "$sysroot/bin" "$sysroot/lib" "$root/toolchain/"
  tar --create --directory "$root" .
}
