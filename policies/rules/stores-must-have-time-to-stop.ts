import { containerPolicy } from "../containers/container-policy";
import { workloadOf } from "../workload-of";

/** Postgres and Redis write out what they hold in well under this; a killed one recovers for longer. */
const LEAST_SECONDS = 30;

/** A store that is killed comes up again with a recovery, or with less than it was given. */
export const storesMustHaveTimeToStop = containerPolicy(
  {
    name: "stores-must-have-time-to-stop",
    description: `Every store has at least ${LEAST_SECONDS} seconds to stop before it is killed.`,
    remedy: `Leave the stop grace at ${LEAST_SECONDS} s or more.`,
    level: "mandatory",
  },
  (container, report, resource, { stack }) => {
    if (!container.runs || workloadOf(resource, stack)?.role !== "store") return;
    const { stopSeconds } = container;
    if (stopSeconds < LEAST_SECONDS) {
      report(
        `${container.title} is killed ${stopSeconds} s after it was asked to stop; at least ${LEAST_SECONDS} s.`,
      );
    }
  },
);
