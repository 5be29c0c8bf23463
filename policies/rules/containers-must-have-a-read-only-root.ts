import { containerPolicy } from "../containers/container-policy";

/** An intruder, or a program gone wrong, finds nothing to change. */
export const containersMustHaveAReadOnlyRoot = containerPolicy(
  {
    name: "containers-must-have-a-read-only-root",
    description: "Every container that runs has a read-only root file system.",
    remedy:
      "Let the program write to /tmp or a volume and leave readOnlyRoot out, or except the workload with the reason.",
    level: "mandatory",
  },
  (container, report) => {
    // What only carries files is filled before it could start, and never does.
    if (container.runs && !container.hasReadOnlyRoot) {
      report(`${container.title} has a writable root file system.`);
    }
  },
);
