#!/usr/bin/env bash
# npm run acceptance: the image, tried with Airbyte's own tools (a, b) and by the rules of its acceptance suite (c), the examples (e), the analyses (f)
# and pictures in a browser (g), all against the sandbox.
# Needs Docker, Chromium or Chrome, and Python 3.11 or newer. Where there is no engine, or no registry to have the base image from,
# scripts/docker-engine.sh makes them; a browser, PostgreSQL and docker-compose are installed where that is possible.
# Arguments go to pytest: `npm run acceptance -- -k image`.
set -euo pipefail
cd "$(dirname "$0")/.."
BASE_IMAGE=$(sed -n 's/^FROM \(.*\) AS base$/\1/p' Dockerfile)
major=${BASE_IMAGE#node:} major=${major%%-*}

if ! docker image inspect "$BASE_IMAGE" >/dev/null 2>&1; then
  exports=$(scripts/docker-engine.sh "$BASE_IMAGE" "$major")
  eval "$exports"
fi
# By its id: a tag may be moved meanwhile, by another run on the same machine.
CONNECTOR_IMAGE=$(acceptance/image.sh --quiet)
export CONNECTOR_IMAGE BASE_IMAGE

if ! cmp -s acceptance/constraints.txt .venv/installed; then
  rm -rf .venv && python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r acceptance/requirements.txt
  cp acceptance/constraints.txt .venv/installed
fi
npm run --silent setup
npm ci --prefix acceptance/form --ignore-scripts --no-audit --no-fund --loglevel=error
# need COMMAND PACKAGE...: installs Debian's packages where the command is missing and can be installed; the tests say what they lack
need() {
  local command=$1
  shift
  if command -v "$command" >/dev/null || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return; fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$@" </dev/null >/dev/null
}
command -v google-chrome >/dev/null || need chromium chromium fonts-dejavu-core
need docker-registry docker-registry
docker compose version >/dev/null 2>&1 || need docker-compose docker-compose
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || need initdb postgresql

exec .venv/bin/python -m pytest acceptance --connector-image "$CONNECTOR_IMAGE" --read-from-streams=all "$@"
