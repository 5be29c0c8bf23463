import { DEFAULTS } from "../protocol/autoname";
import { checkInputs } from "../protocol/check";
import { diffProperties } from "../protocol/diff";
import { flag, strings, text } from "../protocol/readers";
import type { ResourceType } from "../protocol/resource";
import type { Schema } from "../protocol/schema";
import type { Properties } from "../protocol/values";
import type { Engine } from "./engine";
import { findOrPull } from "./images";

/** The properties of `docker:index/remoteImage:RemoteImage`. */
export const remoteImageSchema: Schema = {
  rules: {
    name: { kind: "string", change: "replace", required: true },
    keepLocally: { kind: "boolean", change: "record" },
    forceRemove: { kind: "boolean", change: "record" },
    pullTriggers: { kind: "set", change: "replace" },
    triggers: { kind: "map", change: "replace" },
  },
  refused: ["build", "platform"],
};

/** `docker:index/remoteImage:RemoteImage` on an engine: pulled only when it is not there. */
export function remoteImageType(engine: () => Engine): ResourceType {
  return {
    unknownOnCreate: ["imageId", "repoDigest"],

    check(news) {
      const { inputs, failures } = checkInputs(remoteImageSchema, news);
      return { inputs: { ...inputs, [DEFAULTS]: [] }, failures };
    },

    diff(state, inputs) {
      const changes = diffProperties(remoteImageSchema, state, inputs);
      return { changes, deleteBeforeReplace: changes.some((change) => change.replaces) };
    },

    async create(inputs) {
      const found = await findOrPull(engine(), text(inputs, "name"));
      return { id: text(found, "Id") + text(inputs, "name"), state: imageState(found, inputs) };
    },

    async read(_id, state) {
      const found = await engine().find(`/images/${text(state, "name")}/json`);
      return found && imageState(found, state);
    },

    async update(_id, state, inputs) {
      const found = await findOrPull(engine(), text(inputs, "name"));
      return imageState(found, { ...state, ...inputs });
    },

    async delete(_id, state) {
      const name = text(state, "name");
      if (flag(state, "keepLocally") || !(await engine().find(`/images/${name}/json`))) return;
      const query = { force: String(flag(state, "forceRemove")) };
      await engine().call("DELETE", `/images/${name}`, { query });
    },
  };
}

function imageState(found: Properties, old: Properties): Properties {
  const repository = text(old, "name").replace(/(@.*|:[^/:]*)$/, "");
  const digests = strings(found, "RepoDigests");
  const repoDigest = digests.find((digest) => digest.startsWith(`${repository}@`)) ?? "";
  return { ...old, imageId: text(found, "Id"), repoDigest };
}
