import { randomBytes } from "node:crypto";
import { InitializationError, type ResourceType } from "../protocol/resource";
import { hasUnknown, type Properties } from "../protocol/values";
import type { Api } from "./api";
import { idOf, textAt, type ApiObject } from "./api-object";
import { awaitReady, checkReady, NotReadyError } from "./await/await-ready";
import { checkObject } from "./check-object";
import { messageOf, type Connection } from "./connection";
import { diffObject, inputsFromLive, withoutServerFields } from "./diff";
import { removeObject } from "./remove-object";
import { withProgramKeys } from "./schema-keys";
import type { TypeToken } from "./type-token";
import { createFailure, createObject, isPassableInPreview, updateObject } from "./write-object";

const MANAGER = "__fieldManager";
const INITIAL = "__initialApiVersion";

/** A type of resource: the objects of one kind of the Kubernetes API. */
export function objectType(
  token: TypeToken,
  connected: () => Connection,
  signal: AbortSignal,
): ResourceType {
  const { apiVersion, kind } = token;

  /** Waits for a written object; one that does not become ready is recorded all the same. */
  async function ready(
    api: Api,
    awaited: { inputs: ApiObject; written: ApiObject; previous?: ApiObject; timeout: number },
    manager: string,
    failure: string,
  ): Promise<Properties> {
    try {
      return stateOf(await awaitReady(api, { ...awaited, signal }), manager);
    } catch (error) {
      const found = error instanceof NotReadyError ? error.object : awaited.written;
      const reasons = error instanceof NotReadyError ? error.reasons : [];
      const message = `${failure}: ${messageOf(error)}`;
      throw new InitializationError(message, idOf(found), stateOf(found, manager), { reasons });
    }
  }

  async function canPreview(inputs: Properties): Promise<Api | undefined> {
    const { api } = connected();
    if (!api || hasUnknown(inputs) || !(await api.knows(apiVersion, kind))) return undefined;
    return api;
  }

  return {
    unknownOnCreate: [],
    check: (news, context) => checkObject({ apiVersion, kind, ...news }, context, connected()),
    diff: (state, inputs, oldInputs) =>
      diffObject(objectIn(state), inputs, oldInputs, connected().settings.mutable),
    inputsOf: (state, oldInputs) => inputsOf(objectIn(state), oldInputs),

    async previewCreate(inputs) {
      const api = await canPreview(inputs);
      if (!api) return inputs;
      const write = { inputs, manager: drawnManager(), dryRun: true };
      try {
        const shown = await createObject(api, connected().settings, write);
        return stateOf(withoutStatus(shown), write.manager);
      } catch (error) {
        if (isPassableInPreview(error)) return inputs;
        throw error;
      }
    },

    async create(inputs, { urn, timeout }) {
      const { live: api, settings } = connected();
      const manager = drawnManager();
      const written = await createObject(api, settings, { inputs, manager, dryRun: false }).catch(
        (error: unknown) => Promise.reject(createFailure(urn, error)),
      );
      const failure =
        `resource "${urn}" was successfully created, but the Kubernetes API server reported ` +
        "that it failed to fully initialize or become live";
      const state = await ready(api, { inputs, written, timeout }, manager, failure);
      return { id: idOf(written), state };
    },

    async read(id, state, { oldInputs }) {
      const { api, settings, unreachable } = connected();
      if (!api) return unreached(unreachable, settings.deleteUnreachable);
      const wanted = Object.keys(state).length > 0 ? objectIn(state) : objectOf(token, id);
      const found = await api.find(wanted);
      if (!found) return undefined;
      const now = stateOf(found, textAt(state, MANAGER) || drawnManager());
      if (Object.keys(oldInputs).length === 0) return now;
      try {
        await checkReady(api, found, oldInputs);
      } catch (error) {
        if (!(error instanceof NotReadyError)) throw error;
        const more = { reasons: error.reasons, inputs: inputsOf(objectIn(now), oldInputs) };
        throw new InitializationError(error.message, id, now, more);
      }
      return now;
    },

    async previewUpdate(_id, state, inputs) {
      const api = await canPreview(inputs);
      if (!api) return inputs;
      const manager = textAt(state, MANAGER) || drawnManager();
      try {
        const live = await api.get(objectIn(state));
        const write = { inputs, manager, dryRun: true };
        return stateOf(await updateObject(api, connected().settings, live, write), manager);
      } catch (error) {
        if (isPassableInPreview(error)) return inputs;
        throw error;
      }
    },

    async update(id, state, inputs, { urn, timeout }) {
      const { live: api, settings } = connected();
      const manager = textAt(state, MANAGER) || drawnManager();
      const previous = await api.get(objectIn(state)).catch((error: unknown) => {
        throw new Error(`update of resource "${urn}" failed: ${messageOf(error)}`, {
          cause: error,
        });
      });
      const failure =
        `the Kubernetes API server reported that "${id}" failed to fully initialize ` +
        "or become live";
      const write = { inputs, manager, dryRun: false };
      const written = await updateObject(api, settings, previous, write).catch((error: unknown) => {
        const message = `${failure}: ${messageOf(error)}`;
        throw new InitializationError(message, id, stateOf(previous, manager));
      });
      return ready(api, { inputs, written, previous, timeout }, manager, failure);
    },

    async delete(id, state, { timeout, oldInputs }) {
      const { api, settings, unreachable } = connected();
      if (!api) {
        if (settings.deleteUnreachable) return;
        throw unreachableError(unreachable);
      }
      const found = { ...objectOf(token, id), ...objectIn(state) };
      await removeObject(api, found, oldInputs, timeout, signal);
    },
  };
}

/** The state of an object: the object itself, and in whose name its fields are applied. */
function stateOf(object: ApiObject, manager: string): Properties {
  return {
    ...withProgramKeys(object),
    [INITIAL]: textAt(object, "apiVersion"),
    [MANAGER]: manager,
  };
}

/** The object in a state. */
function objectIn(state: Properties): ApiObject {
  const own = Object.entries(state).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(own);
}

/** The object that an id names, when there is no state of it yet. */
function objectOf({ apiVersion, kind }: TypeToken, id: string): ApiObject {
  const [name = "", namespace] = id.split("/").reverse();
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

/** The inputs that a found object stands for; all of it when it is imported. */
function inputsOf(found: ApiObject, oldInputs: Properties): Properties {
  if (Object.keys(oldInputs).length > 0) return inputsFromLive(found, oldInputs);
  return withoutServerFields(withoutStatus(found));
}

function withoutStatus(object: ApiObject): ApiObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== "status"));
}

function drawnManager(): string {
  return `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;
}

/** What a read does without a cluster. */
function unreached(reason: string, drop: boolean): undefined {
  if (drop) return undefined;
  const problem = `configured Kubernetes cluster is unreachable: ${reason}`;
  throw new Error(
    `${problem}\nfailed to read resource state due to unreachable cluster. If the cluster was ` +
      "deleted, you can remove this resource from Pulumi state by rerunning the operation with the " +
      'PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
  );
}

/** What a delete says without a cluster. */
function unreachableError(reason: string): Error {
  return new Error(
    `configured Kubernetes cluster is unreachable: ${reason}. If the cluster was deleted, you can ` +
      "remove this resource from Pulumi state by rerunning the operation with the " +
      'PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
  );
}
