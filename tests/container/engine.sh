# An engine to prove the image with: the one that answers, or one of our own that leaves nothing behind.
# shellcheck shell=bash

# Sets DOCKER_HOST, if need be, and `compose`: the command that understands compose files.
engine_start() {
  if ! docker info >/dev/null 2>&1; then
    command -v dockerd >/dev/null || install_packages docker.io iptables
    own_engine_start
  fi
  if docker compose version >/dev/null 2>&1; then
    compose=(docker compose)
  else
    command -v docker-compose >/dev/null || install_packages docker-compose
    compose=(docker-compose)
  fi
  # the builder that needs no plugin, where there is none
  docker buildx version >/dev/null 2>&1 || export DOCKER_BUILDKIT=0
}

engine_stop() {
  [[ -n ${engine_pid:-} ]] || return 0
  kill "$engine_pid"
  wait "$engine_pid" || true
  ((bridge_was_there)) || ip link delete docker0 2>/dev/null || true
  # what host-network builds leave mounted
  umount "$engine"/run/netns/* 2>/dev/null || true
  rm -rf "$engine"
}

# Everything of it lies in one folder, and what it publishes is published on this machine only. One at a time: two
# engines would quarrel over the bridge.
own_engine_start() {
  exec {engine_lock}>/var/lock/stytch-mock-engine
  flock "$engine_lock"
  engine=$(mktemp -d /tmp/stytch-mock-engine.XXXXXX)
  bridge_was_there=0
  [[ -e /sys/class/net/docker0 ]] && bridge_was_there=1
  export DOCKER_HOST="unix://$engine/docker.sock"
  dockerd --host "$DOCKER_HOST" --data-root "$engine/data" --exec-root "$engine/run" --pidfile "$engine/pid" \
    --ip 127.0.0.1 --userland-proxy=false >"$engine/log" 2>&1 {engine_lock}>&- &
  engine_pid=$!
  if ! await 60 docker info; then
    tail -n 20 "$engine/log" >&2
    echo "container: no engine answers, and none could be started" >&2
    exit 1
  fi
}

install_packages() {
  echo "# installing $*"
  # another suite may be at it
  apt-get -o DPkg::Lock::Timeout=300 update -qq
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -qq -y --no-install-recommends "$@" >/dev/null
}
