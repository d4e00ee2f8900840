#!/usr/bin/env bash
# Prints where a Chromium or Chrome is. Where there is none, it installs Debian's, which takes root.
set -euo pipefail
exec 3>&1 >&2

find_it() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

if ! find_it >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "There is no Chromium. Install it, or Chrome; or run this as root on Debian or Ubuntu."
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium fonts-dejavu-core </dev/null >/dev/null
fi
find_it >&3
