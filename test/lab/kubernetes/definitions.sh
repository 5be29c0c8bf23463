#!/usr/bin/env bash
# Tells the started cluster the kinds of the Prometheus operator and of the Gateway API, from their Go
# modules; what would act on them is not there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/definitions" # go.sum has the modules' digests

folder() { # module: where it is unpacked, of the version in go.mod
  local version
  version=$(awk -v module="$1" '$1 == module { print $2 }' go.mod)
  go mod download "$1@$version"
  go list -m -f '{{.Dir}}' "$1@$version"
}

KUBECONFIG=$("$here/cluster.sh" kubeconfig)
export KUBECONFIG
kubectl=$("$here/build.sh" --print)/kubectl
operator=$(folder github.com/prometheus-operator/prometheus-operator)
gateway=$(folder sigs.k8s.io/gateway-api)
"$kubectl" apply --server-side -f "$operator/example/prometheus-operator-crd" -f "$gateway/config/crd/standard"
"$kubectl" wait customresourcedefinition --all --for condition=Established --timeout 60s >/dev/null
