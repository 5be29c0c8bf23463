#!/usr/bin/env bash
# build.sh VERSION OUT: a collector with the Docker receiver alone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../../go-collector.sh"
go_collector "$here" "$1" "$2" github.com/open-telemetry/opentelemetry-collector-contrib/receiver/dockerstatsreceiver
