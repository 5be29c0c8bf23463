import type { Stack } from "../../model/stack";
import type { Duration } from "../../model/units/duration";
import type { Finding } from "../drift/finding";
import type { RunningImage, RunningWorkload } from "../platforms/platform-access";
import type { DeployedStack } from "./deployed-stack";

/** What is known of an environment whose images may be promoted. */
export interface Observed {
  readonly stack: Pick<Stack, "name" | "workloads">;
  readonly deployed: DeployedStack;
  /** The digest of what its file declares now. */
  readonly declaredDigest: string;
  /** What its platform calls a workload that is well. */
  readonly wellWord: string;
  readonly running: readonly RunningWorkload[];
  readonly images: readonly RunningImage[];
  /** What is otherwise than declared. */
  readonly drift: readonly Finding[];
}

/** What runs must be what is declared. Each reason is a sentence; none when all is well. */
export function driftReasons({ stack, deployed, declaredDigest, drift }: Observed): string[] {
  const { name } = stack;
  const reasons: string[] = [];
  const isUndeployed = drift.some(({ cause }) => cause === "undeployed");
  if (deployed.digest !== declaredDigest || isUndeployed) {
    reasons.push(
      `${name} does not run what Pulumi.${name}.yaml declares: run up --stack ${name} and let it soak, or take the change to the file back.`,
    );
  }
  const changed = drift.filter(({ cause }) => cause === "drift");
  const where = [...new Set(changed.map(({ resource, property }) => `${resource} (${property})`))];
  if (where.length > 0) {
    reasons.push(
      `${name} was changed by hand: ${where.join(", ")}; see npm run drift -- --stack ${name}`,
    );
  }
  return reasons;
}

/** Every workload must be well, in all of its replicas. */
export function healthReasons({ stack, wellWord, running }: Observed): string[] {
  const unwell = stack.workloads.flatMap(({ name, replicas, health, schedule }) => {
    // What runs at times is watched by its own alerts.
    if (schedule !== undefined) return [];
    const states = running.filter(({ workload }) => workload === name).map(({ state }) => state);
    // What has no check is not called well by Docker, it just runs.
    const isWell = (state: string): boolean =>
      state === wellWord || (health === undefined && state === "running");
    const bad = states.find((state) => !isWell(state));
    if (bad !== undefined) return [`${name} is ${bad}`];
    if (states.length === 0) return [`${name} does not run`];
    if (states.length < replicas) return [`${name} has ${states.length} of ${replicas} replicas`];
    return [];
  });
  return unwell.length === 0 ? [] : [`${stack.name} is not well: ${unwell.join(", ")}.`];
}

/** Every image that would be promoted must have run for so long. */
export function soakReasons(
  { stack, images }: Pick<Observed, "stack" | "images">,
  services: readonly string[],
  soak: Duration,
  now: Date,
): string[] {
  return services.flatMap((service) => {
    const started = images
      .filter(({ workload }) => workload === service)
      .map(({ since }) => since.getTime());
    // A pod that was moved to another node is new; its image has been proven by the others.
    const oldest = Math.min(...started);
    const ready = oldest + soak.seconds * 1000;
    if (started.length === 0 || ready <= now.getTime()) return [];
    return [
      `${service} has run for ${inWords(now.getTime() - oldest)} in ${stack.name}, and ${soak.toString()} are asked for: wait until ${minute(new Date(ready))}, or say --soak with less.`,
    ];
  });
}

const MINUTE_MS = 60_000;

function inWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, "2026-01-01T00:00".length).replace("T", " ")} UTC`;
}
