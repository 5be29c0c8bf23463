import { setTimeout as sleep } from "node:timers/promises";
import { isAutonamed, withName } from "../protocol/autoname";
import { checkInputs } from "../protocol/check";
import { diffProperties } from "../protocol/diff";
import { block, blocks, flag, labelMap, labelPairs, text, textMap } from "../protocol/readers";
import type { ResourceType } from "../protocol/resource";
import type { Schema } from "../protocol/schema";
import type { Properties } from "../protocol/values";
import { isMissing, type Engine } from "./engine";
import { present } from "./units";

const REMOVE_TIMEOUT_MS = 30_000;
const text_ = { kind: "string" } as const;
const label = { kind: "string", required: true } as const;

/** The properties of `docker:index/network:Network`: every change makes it anew. */
export const networkSchema: Schema = {
  rules: {
    name: { ...text_, change: "replace" },
    labels: { kind: "blockSet", fields: { label, value: label }, change: "replace" },
    driver: { ...text_, change: "replace", computed: true },
    options: { kind: "map", change: "replace", computed: true },
    internal: { kind: "boolean", change: "replace", computed: true },
    attachable: { kind: "boolean", change: "replace" },
    ingress: { kind: "boolean", change: "replace" },
    ipv6: { kind: "boolean", change: "replace" },
    ipamDriver: { ...text_, change: "replace", default: "default" },
    ipamOptions: { kind: "map", change: "replace" },
    ipamConfigs: {
      kind: "blockSet",
      fields: { subnet: text_, ipRange: text_, gateway: text_, auxAddress: { kind: "map" } },
      change: "replace",
      computed: true,
    },
  },
};

/** `docker:index/network:Network` on an engine. */
export function networkType(engine: () => Engine): ResourceType {
  return {
    unknownOnCreate: ["driver", "internal", "ipamConfigs", "options", "scope"],

    check(news, context) {
      const { inputs, failures } = checkInputs(networkSchema, news);
      return { inputs: withName(inputs, context), failures };
    },

    diff(state, inputs) {
      const changes = diffProperties(networkSchema, state, inputs);
      return { changes, deleteBeforeReplace: changes.length > 0 && !isAutonamed(inputs) };
    },

    async create(inputs) {
      const body = networkSpec(inputs);
      const id = text(await engine().object("POST", "/networks/create", { body }), "Id");
      return { id, state: networkState(await engine().object("GET", `/networks/${id}`), inputs) };
    },

    async read(id, state) {
      const found = await engine().find(`/networks/${id}`);
      return found && networkState(found, state);
    },

    update: (_id, state, inputs) => Promise.resolve({ ...state, ...inputs }),
    delete: (id) => removeNetwork(engine(), id),
  };
}

function networkSpec(inputs: Properties): Properties {
  return present({
    Name: text(inputs, "name"),
    CheckDuplicate: true,
    Driver: text(inputs, "driver") || "bridge",
    Labels: labelMap(inputs),
    Options: textMap(inputs, "options"),
    Internal: flag(inputs, "internal"),
    Attachable: flag(inputs, "attachable"),
    Ingress: flag(inputs, "ingress"),
    EnableIPv6: flag(inputs, "ipv6"),
    IPAM: {
      Driver: text(inputs, "ipamDriver"),
      Options: textMap(inputs, "ipamOptions"),
      Config: blocks(inputs, "ipamConfigs").map((config) =>
        present({
          Subnet: text(config, "subnet") || undefined,
          IPRange: text(config, "ipRange") || undefined,
          Gateway: text(config, "gateway") || undefined,
          AuxiliaryAddresses: block(config, "auxAddress"),
        }),
      ),
    },
  });
}

function networkState(found: Properties, old: Properties): Properties {
  const ipam = block(found, "IPAM") ?? {};
  return {
    ...old,
    name: text(found, "Name"),
    labels: labelPairs(textMap(found, "Labels")),
    driver: text(found, "Driver"),
    internal: flag(found, "Internal"),
    attachable: flag(found, "Attachable"),
    ingress: flag(found, "Ingress"),
    ipv6: flag(found, "EnableIPv6"),
    ipamDriver: text(ipam, "Driver"),
    ipamOptions: textMap(ipam, "Options"),
    ipamConfigs: blocks(ipam, "Config").map((config) => ({
      subnet: text(config, "Subnet"),
      ipRange: text(config, "IPRange"),
      gateway: text(config, "Gateway"),
      auxAddress: textMap(config, "AuxiliaryAddresses"),
    })),
    options: textMap(found, "Options"),
    scope: text(found, "Scope"),
  };
}

async function removeNetwork(engine: Engine, id: string): Promise<void> {
  const deadline = Date.now() + REMOVE_TIMEOUT_MS;
  for (;;) {
    try {
      await engine.call("DELETE", `/networks/${id}`);
      return;
    } catch (error) {
      if (isMissing(error)) return;
      if (!(error instanceof Error) || !error.message.includes("has active endpoints")) throw error;
      if (Date.now() > deadline) {
        throw new Error(
          "timeout while waiting for state to become 'removed' " +
            `(last state: 'pending', timeout: 30s): ${error.message}`,
          { cause: error },
        );
      }
    }
    await sleep(500);
  }
}
