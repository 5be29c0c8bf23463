import { setTimeout as sleep } from "node:timers/promises";
import { NoMatchError, type Api } from "./api";
import { annotationOf, at, nameOf, textAt, type ApiObject } from "./api-object";
import { secondsFor, skipsAwait } from "./await/await-ready";
import { isMissing } from "./cluster";

const POLL_MS = 250;
/** Kinds whose end is not waited for when `pulumi.com/skipAwait` is set; that of all others is. */
const UNAWAITED = [
  "DaemonSet",
  "Deployment",
  "Job",
  "Namespace",
  "Pod",
  "ReplicationController",
  "StatefulSet",
];

/** How an object's dependents go with it: before it, unless an annotation says otherwise. */
export function propagationOf(inputs: ApiObject): string {
  const asked = annotationOf(inputs, "pulumi.com/deletionPropagationPolicy").toLowerCase();
  if (asked === "orphan") return "Orphan";
  return asked === "background" ? "Background" : "Foreground";
}

/** Deletes an object and waits until it is gone. One that is gone already is no error. */
export async function removeObject(
  api: Api,
  object: ApiObject,
  inputs: ApiObject,
  timeout: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await api.remove(object, propagationOf(inputs));
  } catch (error) {
    if (isMissing(error) || error instanceof NoMatchError) return;
    throw error;
  }
  if (skipsAwait(inputs) && UNAWAITED.includes(textAt(object, "kind"))) return;
  const deadline = Date.now() + secondsFor(inputs, timeout) * 1000;
  const uid = textAt(object, "metadata", "uid");
  for (;;) {
    const found = await api.find(object);
    if (found === undefined || textAt(found, "metadata", "uid") !== uid) return;
    const kind = textAt(object, "kind");
    if (signal.aborted) throw new Error(`Resource operation was cancelled for "${nameOf(object)}"`);
    if (Date.now() > deadline) {
      const left = JSON.stringify(at(found, "metadata", "finalizers") ?? []);
      throw new Error(
        `timed out waiting for the condition: ${kind} "${nameOf(object)}" is not gone; its finalizers: ${left}`,
      );
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}
