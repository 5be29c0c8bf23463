import { runDeadline } from "../../../model/schedule";
import type { Workload } from "../../../model/workload";

/**
 * Waits for the next time and runs its arguments, for ever: an engine has no schedule of its own.
 * It looks at the clock rather than sleeping through, since a laptop's clock stands still in sleep.
 * A run that fails is told in the log and leaves the next one its turn.
 */
const LOOP = `every=$1 at=$2 most=$3
shift 3
while :; do
  now=$(date +%s)
  next=$((now - (now - at) % every + every))
  echo "next run at $next (Unix time)"
  while [ "$(date +%s)" -lt "$next" ]; do sleep 20; done
  timeout "$most" "$@" || echo "the run failed with exit code $?" >&2
done`;

/** A container's command: of a workload with a schedule, one that waits for its times. */
export function containerCommand({ command, schedule }: Workload): string[] | undefined {
  if (schedule === undefined) return command && [...command];
  const times = [schedule.every.seconds, schedule.at.seconds, runDeadline(schedule).seconds];
  return ["sh", "-c", LOOP, "schedule", ...times.map(String), ...(command ?? [])];
}
