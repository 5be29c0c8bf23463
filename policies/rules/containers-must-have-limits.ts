import { containerPolicy } from "../containers/container-policy";

/** Without a limit one container can take a whole host down. */
export const containersMustHaveLimits = containerPolicy(
  {
    name: "containers-must-have-limits",
    description: "Every container has a memory limit and a CPU limit.",
    remedy: "Give its workload limits: { memory, cpu }.",
    level: "mandatory",
  },
  (container, report) => {
    if (container.memoryMiB === undefined) report(`${container.title} has no memory limit.`);
    if (!container.hasCpuLimit) report(`${container.title} has no CPU limit.`);
  },
);
