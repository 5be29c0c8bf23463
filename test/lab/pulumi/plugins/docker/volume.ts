import { setTimeout as sleep } from "node:timers/promises";
import { isAutonamed, withName } from "../protocol/autoname";
import { checkInputs } from "../protocol/check";
import { diffProperties } from "../protocol/diff";
import { labelMap, labelPairs, text, textMap } from "../protocol/readers";
import type { ResourceType } from "../protocol/resource";
import type { Schema } from "../protocol/schema";
import type { Properties } from "../protocol/values";
import { isMissing, type Engine } from "./engine";
import { present } from "./units";

const REMOVE_TIMEOUT_MS = 30_000;
const label = { kind: "string", required: true } as const;

/** The properties of `docker:index/volume:Volume`: every change makes it anew. */
export const volumeSchema: Schema = {
  rules: {
    name: { kind: "string", change: "replace", computed: true },
    labels: { kind: "blockSet", fields: { label, value: label }, change: "replace" },
    driver: { kind: "string", change: "replace", computed: true },
    driverOpts: { kind: "map", change: "replace" },
  },
  refused: ["cluster"],
};

/** `docker:index/volume:Volume` on an engine. A name that exists is taken over without a word. */
export function volumeType(engine: () => Engine): ResourceType {
  return {
    unknownOnCreate: ["driver", "mountpoint"],

    check(news, context) {
      const { inputs, failures } = checkInputs(volumeSchema, news);
      return { inputs: withName(inputs, context), failures };
    },

    diff(state, inputs) {
      const changes = diffProperties(volumeSchema, state, inputs);
      return { changes, deleteBeforeReplace: changes.length > 0 && !isAutonamed(inputs) };
    },

    async create(inputs) {
      const body = present({
        Name: text(inputs, "name"),
        Labels: labelMap(inputs),
        Driver: text(inputs, "driver") || undefined,
        DriverOpts: textMap(inputs, "driverOpts"),
      });
      const found = await engine().object("POST", "/volumes/create", { body });
      return { id: text(found, "Name"), state: volumeState(found, inputs) };
    },

    async read(id, state) {
      const found = await engine().find(`/volumes/${id}`);
      return found && volumeState(found, state);
    },

    update: (_id, state, inputs) => Promise.resolve({ ...state, ...inputs }),
    delete: (id) => removeVolume(engine(), id),
  };
}

function volumeState(found: Properties, old: Properties): Properties {
  return {
    ...old,
    name: text(found, "Name"),
    labels: labelPairs(textMap(found, "Labels")),
    driver: text(found, "Driver"),
    driverOpts: textMap(found, "Options"),
    mountpoint: text(found, "Mountpoint"),
  };
}

async function removeVolume(engine: Engine, name: string): Promise<void> {
  const deadline = Date.now() + REMOVE_TIMEOUT_MS;
  for (;;) {
    try {
      await engine.call("DELETE", `/volumes/${name}`, { query: { force: "true" } });
      return;
    } catch (error) {
      if (isMissing(error)) return;
      if (!(error instanceof Error) || !error.message.includes("volume is in use")) throw error;
      if (Date.now() > deadline) {
        throw new Error(
          "timeout while waiting for state to become 'removed' " +
            `(last state: 'in_use', timeout: 30s): ${error.message}`,
          { cause: error },
        );
      }
    }
    await sleep(500);
  }
}
