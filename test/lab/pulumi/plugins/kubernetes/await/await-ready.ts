import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "../api";
import { annotationOf, nameOf, namespaceOf, numberAt, textAt, type ApiObject } from "../api-object";
import type { Judge, Related, Verdict, View } from "./judge";
import { judgeOf } from "./judges";
import { customJudge } from "./wait-for";

const POLL_MS = 400;
const SETTLE_MS = 10_000;
const DEFAULT_SECONDS = 600;
/** Kinds that upstream waits for less long, whatever the program says of time. */
const SHORTER: Readonly<Record<string, number>> = {
  PersistentVolume: 300,
  PersistentVolumeClaim: 300,
  ResourceQuota: 60,
};
const KINDS: Readonly<Record<Related, readonly [apiVersion: string, kind: string]>> = {
  pods: ["v1", "Pod"],
  replicaSets: ["apps/v1", "ReplicaSet"],
  claims: ["v1", "PersistentVolumeClaim"],
  endpoints: ["v1", "Endpoints"],
  storageClasses: ["storage.k8s.io/v1", "StorageClass"],
};

/** The object is there, but not ready. */
export class NotReadyError extends Error {
  constructor(
    message: string,
    readonly object: ApiObject,
    readonly reasons: readonly string[],
  ) {
    super(message);
  }
}

/** What to wait for, and for how long. */
export interface Awaited {
  inputs: ApiObject;
  written: ApiObject;
  previous?: ApiObject;
  /** Seconds that the program allows, 0 when it does not say. */
  timeout: number;
  signal: AbortSignal;
}

/** The seconds an operation may take: the program's, the annotation's, or 10 minutes. */
export function secondsFor(inputs: ApiObject, timeout: number): number {
  if (timeout > 0) return timeout;
  const annotated = annotationOf(inputs, "pulumi.com/timeoutSeconds");
  return /^\d+$/.test(annotated) ? Number(annotated) : DEFAULT_SECONDS;
}

/** Whether the program asks not to wait for an object. */
export function skipsAwait(inputs: ApiObject): boolean {
  return annotationOf(inputs, "pulumi.com/skipAwait") === "true";
}

/** Waits until a written object is ready, and gives it as it is then. */
export async function awaitReady(api: Api, awaited: Awaited): Promise<ApiObject> {
  const { inputs, written, previous, signal } = awaited;
  if (skipsAwait(inputs)) return written;
  const judge = customJudge(inputs) ?? judgeOf(written);
  if (!judge) return written;
  const allowed = Math.min(
    secondsFor(inputs, awaited.timeout),
    SHORTER[textAt(written, "kind")] ?? Infinity,
  );
  const start = Date.now();
  let object = written;
  for (;;) {
    object = (await api.find(written)) ?? object;
    const waited = Date.now() - start;
    const verdict = await look(api, judge, {
      object,
      written,
      previous,
      settled: waited > SETTLE_MS,
    });
    const current = numberAt(object, "metadata", "generation");
    if (verdict.ready && current >= numberAt(written, "metadata", "generation")) return object;
    const name = nameOf(written);
    if (verdict.failed) {
      const message = `Resource '${name}' was created but failed to initialize`;
      throw new NotReadyError(message, object, verdict.problems);
    }
    if (signal.aborted) {
      const message = `Resource operation was cancelled for "${name}"`;
      throw new NotReadyError(message, object, verdict.problems);
    }
    if (waited >= allowed * 1000) {
      const message = `'${name}' timed out waiting to be Ready`;
      throw new NotReadyError(message, object, verdict.problems);
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Looks once whether an object that a refresh found is ready; throws when it is not. */
export async function checkReady(api: Api, object: ApiObject, inputs: ApiObject): Promise<void> {
  const judge = judgeOf(object);
  if (judge?.read !== true || skipsAwait(inputs)) return;
  const found = { object, written: object, previous: undefined, settled: true };
  const { ready, problems } = await look(api, judge, found);
  if (ready) return;
  const message = `Resource '${nameOf(object)}' was created but failed to initialize`;
  throw new NotReadyError(message, object, problems);
}

type Found = Pick<View, "object" | "written" | "previous" | "settled">;

async function look(api: Api, judge: Judge, found: Found): Promise<Verdict> {
  const namespace = namespaceOf(found.object);
  const view: View = {
    ...found,
    pods: [],
    replicaSets: [],
    claims: [],
    endpoints: [],
    storageClasses: [],
  };
  for (const name of judge.related) {
    const [apiVersion, kind] = KINDS[name];
    view[name] = await listed(api, apiVersion, kind, namespace);
  }
  return judge.judge(view);
}

/** The items of a list leave out what they are. */
async function listed(
  api: Api,
  apiVersion: string,
  kind: string,
  namespace: string,
): Promise<ApiObject[]> {
  const items = await api.list(apiVersion, kind, namespace);
  return items.map((item) => ({ apiVersion, kind, ...item }));
}
