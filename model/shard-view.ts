import type { Stack } from "./stack";

/**
 * What one shard knows of a stack: its own targets and probes, and no workload that another shard
 * scrapes. Rules derived from it find all of their series here, and none is missed here that is
 * there: a rule on what is absent is evaluated where it would be present.
 */
export function shardView(stack: Stack, shard: number): Stack {
  const elsewhere = new Set(
    stack.targets.filter((target) => target.shard !== shard).map(({ workload }) => workload),
  );
  return {
    ...stack,
    workloads: stack.workloads.filter(({ name }) => !elsewhere.has(name)),
    targets: stack.targets.filter((target) => target.shard === shard),
    probes: stack.probes.filter((probe) => probe.shard === shard),
    outsideProbes: stack.outsideProbes.filter((probe) => probe.shard === shard),
    view: { shard, whole: stack },
  };
}

/** The stack that a view is of; a whole one itself. */
export function wholeStack(stack: Stack): Stack {
  return stack.view?.whole ?? stack;
}
