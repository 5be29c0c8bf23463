import { setTimeout as sleep } from "node:timers/promises";
import { NoMatchError, type Api } from "./api";
import { annotationOf, textAt, withMetadata, type ApiObject } from "./api-object";
import { ApiError, isMissing, isRefusal } from "./cluster";
import { CREATOR, mayForcePreview, takeOverPatch } from "./managed-fields";
import { withApiKeys } from "./schema-keys";
import { withEncodedData } from "./secret-data";
import type { Settings } from "./settings";

const RETRIES = 5;

/** A write: what is written, in whose name, and whether it is a mere trial. */
export interface Write {
  inputs: ApiObject;
  manager: string;
  dryRun: boolean;
}

/**
 * Creates an object. Where its namespace or its kind is not there yet it tries again for half a
 * minute; a trial does not wait for a namespace.
 */
export async function createObject(api: Api, settings: Settings, write: Write): Promise<ApiObject> {
  const object = withApiKeys(withEncodedData(write.inputs));
  const { manager, dryRun } = write;
  const forced = { manager, dryRun, force: dryRun || forces(write.inputs, settings) };
  for (let tries = 0; ; tries += 1) {
    try {
      if (settings.upsert) return await api.apply(object, forced);
      return await api.create(object, { manager: CREATOR, dryRun });
    } catch (error) {
      const passing = isMissing(error) || error instanceof NoMatchError;
      if (!passing || tries === RETRIES || (dryRun && isNamespaceMissing(error))) throw error;
      await sleep(2 ** tries * 1000);
    }
  }
}

/** Updates an object with a server-side apply of all its inputs. */
export async function updateObject(
  api: Api,
  settings: Settings,
  live: ApiObject,
  write: Write,
): Promise<ApiObject> {
  const object = withApiKeys(withEncodedData(write.inputs));
  const { manager, dryRun } = write;
  if (object["kind"] === "CustomResourceDefinition") {
    const resourceVersion = textAt(live, "metadata", "resourceVersion");
    return api.replace(withMetadata(object, { resourceVersion }), { manager, dryRun });
  }
  const handover = dryRun ? undefined : takeOverPatch(live, manager);
  if (handover) await api.patch(live, handover);
  const force = forces(write.inputs, settings) || (dryRun && mayForcePreview(live));
  try {
    return await api.apply(object, { manager, dryRun, force });
  } catch (error) {
    if (!isRefusal(error, "Conflict")) throw error;
    const text = `The resource managed by field manager "${manager}" had an apply conflict`;
    throw new Error(`server-side apply field conflict detected\n${text}: ${error.message}`, {
      cause: error,
    });
  }
}

/** Whether an error says that the namespace of an object is not there. */
export function isNamespaceMissing(error: unknown): boolean {
  if (!isRefusal(error, "NotFound")) return false;
  return textAt(error.answer, "details", "kind") === "namespaces";
}

/** Whether a trial may fail in this way without failing the preview. */
export function isPassableInPreview(error: unknown): boolean {
  if (isNamespaceMissing(error) || isRefusal(error, "Forbidden", "AlreadyExists")) return true;
  return error instanceof ApiError && error.message.includes("does not support dry run");
}

/** What to say of a create that failed. */
export function createFailure(urn: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof NoMatchError) {
    return new Error(
      `creation of resource "${urn}" failed because the Kubernetes API server reported that the ` +
        "apiVersion for this resource does not exist. Verify that any required CRDs have been " +
        `created: ${message}`,
      { cause: error },
    );
  }
  const exists = isRefusal(error, "AlreadyExists")
    ? "\n\nThe resource already exists in the cluster."
    : "";
  return new Error(
    `resource "${urn}" was not successfully created by the Kubernetes API server: ${message}${exists}`,
    { cause: error },
  );
}

function forces(inputs: ApiObject, settings: Settings): boolean {
  return settings.force || annotationOf(inputs, "pulumi.com/patchForce") === "true";
}
