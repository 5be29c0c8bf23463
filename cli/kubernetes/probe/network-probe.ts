import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ABSENT, ApiError, type ClusterApi, FORBIDDEN, unless } from "../api/cluster-api";
import { namespacePath, withQuery } from "../api/kinds";
import {
  CLIENT,
  clientPod,
  denyEverything,
  PROBE_LABEL,
  probeNamespace,
  SERVER,
  serverPod,
} from "./probe-objects";

const PROBE_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 500;
/** So many tries in a row without a connection count as closed. */
const CLOSED_TRIES = 2;
/** Engines may take a moment to hear of a policy. */
const OPEN_TRIES = 8;

/** Whether the cluster's network heeds policies. */
export type NetworkVerdict =
  | { readonly kind: "enforced" }
  | { readonly kind: "open" }
  | { readonly kind: "unknown"; readonly reason: string };

/** How a probe waits; tests do not. */
export interface Clock {
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

const REAL_CLOCK: Clock = { now: Date.now, wait: (milliseconds) => sleep(milliseconds) };

const podSchema = z.object({
  status: z
    .object({
      podIP: z.string().optional(),
      phase: z.string().optional(),
      containerStatuses: z
        .array(
          z.object({
            state: z
              .object({ waiting: z.object({ reason: z.string().optional() }).optional() })
              .default({}),
          }),
        )
        .default([]),
    })
    .prefault({}),
});
const namesSchema = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string() }) })),
});

/**
 * Tries it out: a pod connects to another, a policy that denies everything is set, the connection
 * must end. Many clusters accept policies and ignore them.
 * @param image any of the stack's that has a shell and netcat.
 * @param interrupted ends the probe early.
 */
export async function probeNetwork(
  api: ClusterApi,
  image: string,
  interrupted: AbortSignal,
  clock: Clock = REAL_CLOCK,
): Promise<NetworkVerdict> {
  const namespace = `whalewatch-probe-${randomBytes(4).toString("hex")}`;
  const probe = new Probe(api, namespace, clock, clock.now() + PROBE_WITHIN_MS, interrupted);
  try {
    await removeForgotten(api);
    await api.post("/api/v1/namespaces", probeNamespace(namespace));
    return await probe.run(image);
  } catch (error) {
    if (error instanceof ApiError || error instanceof Inconclusive) {
      return { kind: "unknown", reason: error.message };
    }
    throw error;
  } finally {
    await unless([ABSENT, FORBIDDEN], api.remove(namespacePath(namespace)), undefined);
  }
}

/** Nothing was found out. */
class Inconclusive extends Error {}

class Probe {
  constructor(
    private readonly api: ClusterApi,
    private readonly namespace: string,
    private readonly clock: Clock,
    private readonly deadline: number,
    private readonly interrupted: AbortSignal,
  ) {}

  async run(image: string): Promise<NetworkVerdict> {
    const { namespace } = this;
    await this.createPod(serverPod(namespace, image));
    const address = await this.until("the pod got no address", () => this.addressOf(SERVER));
    await this.createPod(clientPod(namespace, image, address));
    await this.until("the pods could not reach each other even without a policy", async () => {
      await this.addressOf(CLIENT);
      return (await this.tries()).includes("open") ? true : undefined;
    });
    await this.api.post(
      `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`,
      denyEverything(namespace),
    );
    const before = (await this.tries()).length;
    return this.until("the pod stopped trying", async () => {
      const tries = (await this.tries()).slice(before);
      const last = tries.slice(-CLOSED_TRIES);
      if (last.length === CLOSED_TRIES && last.every((entry) => entry === "closed")) {
        return { kind: "enforced" };
      }
      return tries.length >= OPEN_TRIES ? { kind: "open" } : undefined;
    });
  }

  /** A namespace has no account for pods in its first moments. */
  private createPod(pod: unknown): Promise<unknown> {
    const path = `${namespacePath(this.namespace)}/pods`;
    return this.until("the pods could not be made", async () => {
      const made = await unless([FORBIDDEN], this.api.post(path, pod), undefined);
      return made === undefined ? undefined : true;
    });
  }

  private async addressOf(pod: string): Promise<string | undefined> {
    const path = `${namespacePath(this.namespace)}/pods/${pod}`;
    const { status } = podSchema.parse(await this.api.get(path));
    const waiting = status.containerStatuses.flatMap(({ state }) => state.waiting?.reason ?? []);
    const broken = waiting.find((reason) => reason !== "ContainerCreating");
    if (broken !== undefined) throw new Inconclusive(`the pod does not start (${broken})`);
    if (status.phase === "Failed")
      throw new Inconclusive(
        "the pod ended at once, perhaps for want of a shell and netcat in its image",
      );
    return status.phase === "Running" ? status.podIP : undefined;
  }

  private async tries(): Promise<string[]> {
    const path = `${namespacePath(this.namespace)}/pods/${CLIENT}/log`;
    // Until its container runs, a pod has no log.
    const log = await unless([400], this.api.text(path), "");
    return log.split("\n").filter((line) => line !== "");
  }

  private async until<T>(otherwise: string, ask: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (this.interrupted.aborted) throw new Inconclusive("it was interrupted");
      if (this.clock.now() >= this.deadline) {
        throw new Inconclusive(`within ${PROBE_WITHIN_MS / 1000} s ${otherwise}`);
      }
      await this.clock.wait(LOOK_EVERY_MS);
    }
  }
}

/** Namespaces of probes that were killed. */
async function removeForgotten(api: ClusterApi): Promise<void> {
  const labelSelector = Object.entries(PROBE_LABEL)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const path = withQuery("/api/v1/namespaces", { labelSelector });
  const { items } = namesSchema.parse(await unless([FORBIDDEN], api.get(path), { items: [] }));
  for (const { metadata } of items) {
    await unless([ABSENT, FORBIDDEN, 409], api.remove(namespacePath(metadata.name)), undefined);
  }
}
