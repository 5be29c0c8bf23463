#!/usr/bin/env bash
# build.sh VERSION OUT: builds the collector of builder.yaml with the collector's own builder.
set -euo pipefail
version=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
gomod=$(go mod download -json "github.com/open-telemetry/opentelemetry-collector-contrib/receiver/dockerstatsreceiver@v$version" |
  sed -n 's/^\t"GoMod": "\(.*\)",/\1/p')
stable=$(sed -n 's#^\tgo.opentelemetry.io/collector/confmap v\([0-9.]*\).*#\1#p' "$gomod")
: "${stable:?no 1.x number found for collector $version}"
sed "s/VERSION/$version/; s/STABLE/$stable/" "$here/builder.yaml" >"$out/builder.yaml"
cd "$out"
go run -p 1 "go.opentelemetry.io/collector/cmd/builder@v$version" \
  --config builder.yaml --output-path src --skip-compilation
cd src
CGO_ENABLED=0 go build -p 1 -trimpath -ldflags '-s -w' -o ../otelcol-contrib .
