#!/usr/bin/env bash
# The live tests on Kubernetes: a real API server, scheduler, kubelet and containerd of the lab. Takes the files to run.
# The first time the cluster's programs are built, which takes minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/e2e/support/alone.sh
alone cluster test/e2e/kubernetes.sh "$@"
cluster=test/lab/kubernetes

[ -d node_modules ] || npm ci
echo "== Docker engine and images"
bash test/lab/docker/engine.sh start
bash test/lab/docker/images.sh build
bash test/lab/docker/images.sh build kube-state-metrics prometheus-kubernetes # compiled once, in minutes
docker build --quiet --tag whalewatch/model-api:1.0.0 services/model-api
docker build --quiet --tag whalewatch/faulty-api:1.0.0 test/e2e/faulty-api
echo "== Cluster"
bash $cluster/build.sh
bash $cluster/cluster.sh status >/dev/null 2>&1 || { bash $cluster/cluster.sh start; trap 'bash $cluster/cluster.sh stop' EXIT; }
export KUBECONFIG=$(bash $cluster/cluster.sh kubeconfig)
bash $cluster/definitions.sh
for image in whalewatch/model-api:1.0.0 whalewatch/faulty-api:1.0.0 $(cut -f2 test/lab/docker/images.tsv | grep -E '^(postgres|redis|prom|oliver006|grafana/grafana|registry.k8s.io)'); do
  bash $cluster/cluster.sh load "${image%%,*}"
done
echo "== Pulumi engine and plugins"
state=$(mktemp -d)
lab=$(bash test/lab/pulumi/engine.sh env "$state")
eval "$lab"
export PATH=$(bash $cluster/build.sh --print):$PATH PULUMI_CONFIG_PASSPHRASE=e2e
remove_cluster_leftovers
echo "== Tests"
all=(test/e2e/kubernetes/*.e2e.ts)
status=0
node --import tsx --test --test-concurrency=1 --test-reporter=spec "${@:-${all[@]}}" || status=$?
rm -rf "$state"
exit $status
