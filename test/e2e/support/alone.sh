# Sourced by the scripts that run live tests. One run at a time has the engine or the cluster for itself, so whatever
# is there of the tests' stacks is what an interrupted run has left, and goes.

# Runs the calling script again under a lock: alone docker|cluster SCRIPT ARGUMENTS...
# The lock is held by flock, not by what the script starts: a daemon would hold it for ever.
alone() {
  local what=$1 state=${LAB_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/whalewatch-lab}
  shift
  [ "${LIVE_TESTS_ALONE:-}" != "$what" ] || return 0
  mkdir -p "$state"
  LIVE_TESTS_ALONE=$what flock --close --nonblock --conflict-exit-code 75 "$state/live-tests-$what.lock" bash "$@" || {
    local code=$?
    [ $code != 75 ] || echo "Live tests on this $what run already: wait for their end." >&2
    exit $code
  }
  exit 0
}

# Their stacks are called e2e...; nothing else is touched.
remove_docker_leftovers() {
  local label='{{.Label "whalewatch.stack"}}'
  ours() { awk '/whalewatch[.\/-]e2e/ { print $1 }'; }
  docker ps --all --format "{{.ID}} {{.Names}} $label" | ours | xargs -rt docker rm --force --volumes
  docker network ls --format "{{.ID}} {{.Name}} $label" | ours | xargs -rt docker network rm
  docker volume ls --format "{{.Name}} $label" | ours | xargs -rt docker volume rm
}

# The lab's cluster is there for the tests alone.
remove_cluster_leftovers() {
  kubectl delete namespaces,clusterroles,clusterrolebindings -l app.kubernetes.io/part-of=whalewatch
}
