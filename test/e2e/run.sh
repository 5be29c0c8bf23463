#!/usr/bin/env bash
# The live tests: a real engine, real containers, the real Pulumi engine. Takes the files to run; default all,
# of which the faults take most of half an hour.
# Uses a Docker engine that answers and a Pulumi CLI on PATH with its plugins; where they are
# missing, and only there, the lab builds them (see test/lab/README.md).
#   WHALEWATCH_PULUMI=system WHALEWATCH_PLUGINS=upstream   test with a Pulumi distribution's own
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/e2e/support/alone.sh
alone docker test/e2e/run.sh "$@"

[ -d node_modules ] || npm ci
echo "== Docker engine and images"
bash test/lab/docker/engine.sh start
bash test/lab/docker/images.sh build
remove_docker_leftovers
echo "== Pulumi engine and plugins"
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
lab=$(bash test/lab/pulumi/engine.sh env "$state")
eval "$lab"
export PULUMI_CONFIG_PASSPHRASE=e2e
echo "== Tests"
all=(test/e2e/*.e2e.ts test/e2e/faults/*.e2e.ts)
node --import tsx --test --test-concurrency=1 --test-reporter=spec "${@:-${all[@]}}"
