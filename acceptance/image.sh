#!/usr/bin/env bash
# Builds the image under the name and version of metadata.yaml, and as `:dev`. Usage: npm run image [-- DOCKER BUILD OPTIONS]
set -euo pipefail
cd "$(dirname "$0")/.."
value() { sed -n "s/^  $1: //p" metadata.yaml; }
name=$(value dockerRepository) version=$(value dockerImageTag)
docker build "$@" --build-arg GIT_REVISION="$(git rev-parse HEAD 2>/dev/null || true)" --tag "$name:$version" --tag "$name:dev" .
