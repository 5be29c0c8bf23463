#!/usr/bin/env bash
# build.sh VERSION OUT: builds Prometheus from its Go module, since Debian's knows no Kubernetes. Of its service
# discoveries it keeps those that a cluster needs; the page is left out. 3.5.3 is v0.305.3 as a module.
set -euo pipefail
version=$1 out=$2
IFS=. read -r major minor patch <<<"$version"
module=github.com/prometheus/prometheus@v0.$((major * 100 + minor)).$patch
dir=$(go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",/\1/p')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r --no-preserve=mode "$dir/." "$work"
cat >"$work/plugins/plugins.go" <<'END'
package plugins

import (
	_ "github.com/prometheus/prometheus/discovery/dns"
	_ "github.com/prometheus/prometheus/discovery/kubernetes"
)
END
cd "$work"
CGO_ENABLED=0 go build -mod=mod -p 2 -trimpath -ldflags "-s -w -X github.com/prometheus/common/version.Version=$version" \
  -o "$out/prometheus" ./cmd/prometheus
CGO_ENABLED=0 go build -mod=mod -p 2 -trimpath -ldflags "-s -w -X github.com/prometheus/common/version.Version=$version" \
  -o "$out/promtool" ./cmd/promtool
