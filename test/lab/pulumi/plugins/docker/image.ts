import { checkInputs, type Failure } from "../protocol/check";
import { diffProperties } from "../protocol/diff";
import { block, text, textMap } from "../protocol/readers";
import type { ResourceType } from "../protocol/resource";
import type { Schema } from "../protocol/schema";
import { hasUnknown, isProperties, show, type Properties } from "../protocol/values";
import { buildContext } from "./build-context";
import type { Engine } from "./engine";

const text_ = { kind: "string" } as const;

/** The properties of `docker:index/image:Image`; `contextDigest` is computed by the check. */
export const imageSchema: Schema = {
  rules: {
    imageName: { ...text_, change: "apply", required: true },
    skipPush: { kind: "boolean", change: "record" },
    buildOnPreview: { kind: "boolean", change: "record" },
    build: {
      kind: "block",
      change: "apply",
      required: true,
      fields: {
        args: { kind: "map" },
        context: { ...text_, default: "." },
        dockerfile: text_,
        platform: text_,
        target: text_,
        network: text_,
        addHosts: { kind: "list" },
        builderVersion: text_,
        contextDigest: text_,
      },
    },
  },
  refused: ["registry"],
};

/** `docker:index/image:Image` on an engine: built on create and when the context changes. */
export function imageType(engine: () => Engine): ResourceType {
  return {
    unknownOnCreate: ["baseImageName", "repoDigest"],
    unknownOnUpdate: (state, inputs) =>
      diffProperties(imageSchema, state, inputs).length > 0 ? ["repoDigest"] : [],

    async check(news) {
      const { inputs, failures } = checkInputs(imageSchema, news);
      const all = [...failures, ...mustSkipPush(news)];
      if (all.length > 0) return { inputs, failures: all };
      return withDigest(inputs);
    },

    diff: (state, inputs) => ({
      changes: diffProperties(imageSchema, state, inputs),
      deleteBeforeReplace: false,
    }),

    async create(inputs) {
      const state = await build(engine(), inputs);
      return { id: text(state, "repoDigest"), state };
    },

    read: (_id, state) => Promise.resolve(state),
    update: (_id, _state, inputs) => build(engine(), inputs),
    delete: () => Promise.resolve(),
  };
}

function mustSkipPush(news: Properties): Failure[] {
  if (news["skipPush"] === true) return [];
  const reason = `found ${show(news["skipPush"])}; the test plugin has no registry and allows: true`;
  return [{ property: "skipPush", reason }];
}

async function withDigest(
  inputs: Properties,
): Promise<{ inputs: Properties; failures: Failure[] }> {
  const options = inputs["build"];
  if (!isProperties(options) || hasUnknown(options)) return { inputs, failures: [] };
  try {
    const { digest } = await buildContext(text(options, "context"), text(options, "dockerfile"));
    return { inputs: { ...inputs, build: { ...options, contextDigest: digest } }, failures: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { inputs, failures: [{ property: "build.context", reason }] };
  }
}

async function build(engine: Engine, inputs: Properties): Promise<Properties> {
  const options = block(inputs, "build") ?? {};
  const name = text(inputs, "imageName");
  const context = await buildContext(text(options, "context"), text(options, "dockerfile"));
  const query = {
    t: name,
    dockerfile: context.dockerfile,
    buildargs: JSON.stringify(textMap(options, "args")),
    platform: text(options, "platform"),
    target: text(options, "target"),
    networkmode: text(options, "network"),
    rm: "true",
    forcerm: "true",
  };
  await engine.progress("POST", "/build", { query, tar: context.tar });
  const repoDigest = text(await engine.object("GET", `/images/${name}/json`), "Id");
  return {
    ...inputs,
    baseImageName: name,
    context: text(options, "context"),
    dockerfile: text(options, "dockerfile"),
    platform: text(options, "platform"),
    registryServer: "",
    repoDigest,
  };
}
