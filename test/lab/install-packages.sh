#!/usr/bin/env bash
# Installs Debian packages where they are missing: install-packages.sh [APT-OPTION...] PACKAGE...
# Several may run at a time: apt itself takes no second one.
set -euo pipefail
state=${LAB_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/whalewatch-lab}

options=() missing=()
for argument; do
  if [[ $argument == -* ]]; then
    options+=("$argument")
  elif ! dpkg-query -W -f '${Status}' "$argument" 2>/dev/null | grep -q 'ok installed'; then
    missing+=("$argument")
  fi
done
[ ${#missing[@]} -gt 0 ] || exit 0
[ "$(id -u)" = 0 ] || { echo "install-packages: run as root once to install: ${missing[*]}" >&2; exit 1; }
mkdir -p "$state"
export NEEDRESTART_SUSPEND=1 DEBIAN_FRONTEND=noninteractive
apt=(apt-get -qq --no-install-recommends "${options[@]}")
# Held by flock alone: a daemon that a package starts would hold it for ever.
flock --close "$state/packages.lock" sh -c '"$@" update && "$@" install -y '"${missing[*]}"' >/dev/null' sh "${apt[@]}" ||
  { echo "install-packages: cannot install ${missing[*]}" >&2; exit 1; }
