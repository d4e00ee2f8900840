#!/usr/bin/env bash
# Sees to a Docker engine that has the image which ours is built from: `eval "$(scripts/docker-engine.sh IMAGE NODE_MAJOR)"`, such as
# node:24-bookworm-slim 24. The ordinary engine and the image of the registry are used where they are there. Where not, it starts an engine of
# its own and makes a stand-in for the image, which takes root on Debian or Ubuntu, and npm.
# Stdout is `export DOCKER_HOST=…` if the engine is its own, else nothing; all else goes to stderr. That engine goes on running:
# `kill "$(cat /tmp/source-kustomer-docker/engine.pid)"` ends it.
set -euo pipefail
image=${1:?which image to stand in for} major=${2:?which major version of Node}
home=${TMPDIR:-/tmp}/source-kustomer-docker
own_socket=unix://$home/engine.sock
exec 3>&1 >&2

# must_be_root WHAT: what it would have to make, and cannot
must_be_root() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then return; fi
  echo "There is no $1. Install and start Docker, and let it reach the registry; or run this as root on Debian or Ubuntu."
  exit 1
}

# need COMMAND PACKAGE...: installs Debian's packages where the command is missing
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null || {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$@" </dev/null >/dev/null
  }
}

answers() { docker info >/dev/null 2>&1; }

start_engine() {
  need dockerd docker.io iptables
  mkdir -p "$home"
  # In a session of its own, so that it outlives whoever runs this script, and holds none of its pipes open.
  setsid dockerd --host "$DOCKER_HOST" --pidfile "$home/engine.pid" --data-root "$home/data" --exec-root "$home/run" \
    >"$home/engine.log" 2>&1 </dev/null 3>&- &
  for ((tries = 0; tries < 60; tries++)); do
    if answers; then return; fi
    sleep 1
  done
  echo "The Docker engine did not start within a minute. The end of $home/engine.log:"
  tail -n 20 "$home/engine.log"
  return 1
}

# What the Dockerfile asks of its base: Debian bookworm, Node and npm where the official image has them, and a user 1000.
make_image() {
  local context arch
  need mmdebstrap mmdebstrap debian-archive-keyring
  context=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$context'" EXIT
  arch=$(node -p process.arch)
  mmdebstrap --quiet --variant=minbase --include=ca-certificates bookworm "$context/debian.tar" </dev/null
  docker import "$context/debian.tar" source-kustomer/debian:bookworm >/dev/null
  rm "$context/debian.tar"
  npm install --prefix "$context" --no-audit --no-fund --loglevel=error "node-linux-$arch@$major" npm@11 >/dev/null
  mv "$context/node_modules/node-linux-$arch/bin/node" "$context/node"
  mv "$context/node_modules/npm" "$context/npm"
  # Behind a proxy with a certificate of its own, npm needs that in the image as well.
  cat "${NODE_EXTRA_CA_CERTS:-/dev/null}" >"$context/extra-ca.pem"
  cat >"$context/Dockerfile" <<'DOCKERFILE'
FROM source-kustomer/debian:bookworm
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
COPY extra-ca.pem /usr/local/share/extra-ca.pem
ENV NODE_EXTRA_CA_CERTS=/usr/local/share/extra-ca.pem
RUN ln -s /usr/local/lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
  && ln -s /usr/local/lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
  && groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node \
  && node --version && npm --version
DOCKERFILE
  rm -rf "$context/node_modules"
  docker build --quiet --tag "$image" "$context" >/dev/null
}

if ! answers; then
  must_be_root "Docker engine"
  export DOCKER_HOST=$own_socket
  answers || start_engine
  echo "export DOCKER_HOST=$DOCKER_HOST" >&3
fi
if ! docker image inspect "$image" >/dev/null 2>&1 && ! timeout 5m docker pull --quiet "$image" >/dev/null; then
  must_be_root "image $image, and no registry that gives it"
  echo "Making a stand-in for $image ..."
  make_image
fi
