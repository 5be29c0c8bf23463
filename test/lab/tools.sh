#!/usr/bin/env bash
# Makes promtool, amtool and actionlint available to the tests, and prints the folder that holds them.
# Takes them from PATH; what is missing there comes out of Debian's packages, unpacked into
# LAB_STATE, and actionlint from its Go module. Needs no root and installs nothing.
set -euo pipefail

state=${LAB_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/whalewatch-lab}
tools=$state/tools
bin=$tools/bin
declare -A package=([promtool]=prometheus [amtool]=prometheus-alertmanager)

actionlint=github.com/rhysd/actionlint/cmd/actionlint@v1.7.7

fail() { echo "tools: $1" >&2; exit 1; }
works() { "$1" --version >/dev/null 2>&1; }

# apt-get with lists and archives of our own, where the machine has no lists and nobody is root.
own_apt() {
  mkdir -p "$tools/apt/lists/partial" "$tools/apt/archives/partial"
  apt-get -qq -o Dir::State::Lists="$tools/apt/lists" -o Dir::Cache="$tools/apt" \
    -o APT::Sandbox::User="$(id -un)" "$@"
}

download() { # PACKAGE, into the current folder
  apt-get -qq -o APT::Sandbox::User="$(id -un)" download "$1" 2>/dev/null && return
  own_apt update || fail "apt-get update failed, so $1 cannot be downloaded"
  own_apt download "$1" || fail "there is no package $1"
}

unpacked() { # TOOL -> its program
  local name=${package[$1]} work
  local folder=$tools/$name
  if ! works "$folder/usr/bin/$1"; then
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
      fail "$1 is not on PATH, and only on Debian can this script get it: install it from $name's own release"
    work=$(mktemp -d "$tools/unpacking.XXXXXX")
    (cd "$work" && download "$name" && dpkg-deb -x ./*.deb root) >&2 || { rm -rf "$work"; exit 1; }
    rm -rf "$folder"
    mv "$work/root" "$folder"
    rm -rf "$work"
    works "$folder/usr/bin/$1" || fail "$folder/usr/bin/$1 does not run on this machine"
  fi
  echo "$folder/usr/bin/$1"
}

compiled() { # TOOL MODULE -> its program
  local folder=$tools/go
  if ! works "$folder/$1"; then
    command -v go >/dev/null || { echo "tools: $1 is left out: there is no Go to compile it with" >&2; return; }
    GOBIN=$folder go install "$2" >&2 || fail "$1 does not compile"
  fi
  echo "$folder/$1"
}

mkdir -p "$bin"
exec 9>"$tools/lock"
flock 9
PATH=${PATH//"$bin"/}
for tool in "${!package[@]}"; do
  program=$(type -P "$tool") || program=$(unpacked "$tool")
  ln -sfn "$program" "$bin/$tool"
done
program=$(type -P actionlint) || program=$(compiled actionlint "$actionlint")
if [ -n "$program" ]; then ln -sfn "$program" "$bin/actionlint"; fi
echo "$bin"
