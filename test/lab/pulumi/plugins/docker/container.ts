import { setTimeout as sleep } from "node:timers/promises";
import { withName } from "../protocol/autoname";
import { checkInputs } from "../protocol/check";
import { canonical, differs, diffProperties, type Difference } from "../protocol/diff";
import { block, blocks, flag, number, strings, text } from "../protocol/readers";
import { InitializationError, type ResourceType } from "../protocol/resource";
import type { Properties } from "../protocol/values";
import { containerSchema } from "./container-schema";
import { containerSpec, updateSpec } from "./container-spec";
import { containerState } from "./container-state";
import { EngineError, isMissing, type Engine } from "./engine";
import { findOrPull } from "./images";
import { present } from "./units";
import { uploadArchive } from "./uploads";

/** Mark in the state of a container that did not come up: the next preview replaces it. */
const FAILED = "__createFailed";
const OUTPUTS = ["bridge", "containerLogs", "exitCode", "networkDatas"];

/** What would happen to a container; a replacement always removes the old one first. */
export function diffContainer(state: Properties, inputs: Properties): Difference {
  const changes = diffProperties(containerSchema, state, inputs);
  if (state[FAILED] === true) changes.push({ property: FAILED, kind: "delete", replaces: true });
  return { changes, deleteBeforeReplace: changes.some((change) => change.replaces) };
}

/** `docker:index/container:Container` on an engine. */
export function containerType(engine: () => Engine): ResourceType {
  return {
    unknownOnCreate: OUTPUTS,

    check(news, context) {
      const { inputs, failures } = checkInputs(containerSchema, news);
      return { inputs: withName(inputs, context), failures };
    },

    diff: diffContainer,

    async create(inputs) {
      const id = await createContainer(engine(), inputs);
      try {
        await connect(engine(), id, inputs);
        await fill(engine(), id, inputs);
        await start(engine(), id, inputs);
        const found = await engine().object("GET", `/containers/${id}/json`);
        return { id, state: containerState(found, inputs) };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new InitializationError(message, id, { ...inputs, [FAILED]: true });
      }
    },

    async read(id, state) {
      const found = await engine().find(`/containers/${id}/json`);
      return found && containerState(found, state);
    },

    async update(id, state, inputs) {
      await updateContainer(engine(), id, state, inputs);
      return { ...withoutDropped(state, inputs), ...inputs };
    },

    delete: (id, state) => deleteContainer(engine(), id, state),
  };
}

async function createContainer(engine: Engine, inputs: Properties): Promise<string> {
  const image = text(inputs, "image");
  await wrapped(`Unable to create container with image ${image}`, () => findOrPull(engine, image));
  const call = { query: { name: text(inputs, "name") }, body: containerSpec(inputs) };
  const answer = await wrapped("Unable to create container", () =>
    engine.object("POST", "/containers/create", call),
  );
  return text(answer, "Id");
}

/** Takes a container off its first network and joins it to the ones it names. */
async function connect(engine: Engine, id: string, inputs: Properties): Promise<void> {
  const networks = blocks(inputs, "networksAdvanced");
  if (networks.length === 0) return;
  try {
    await engine.call("POST", "/networks/bridge/disconnect", { body: { Container: id } });
  } catch (error) {
    const known = /is not connected to (the )?network/.test(messageOf(error));
    if (!known) {
      const message = `Unable to disconnect the default network: ${messageOf(error)}`;
      throw new Error(message, { cause: error });
    }
  }
  for (const network of networks) {
    const name = text(network, "name");
    const endpoint = {
      Aliases: strings(network, "aliases"),
      MacAddress: text(network, "macAddress"),
      IPAMConfig: present({
        IPv4Address: text(network, "ipv4Address") || undefined,
        IPv6Address: text(network, "ipv6Address") || undefined,
      }),
    };
    const body = { Container: id, EndpointConfig: endpoint };
    await wrapped(`Unable to connect to network '${name}'`, () =>
      engine.call("POST", `/networks/${name}/connect`, { body }),
    );
  }
}

/** Writes the uploads into the container that was made and has not been started. */
async function fill(engine: Engine, id: string, inputs: Properties): Promise<void> {
  const tar = await uploadArchive(inputs);
  if (tar === undefined) return;
  await wrapped("Unable to upload volume content", () =>
    engine.call("PUT", `/containers/${id}/archive`, { query: { path: "/" }, tar }),
  );
}

async function start(engine: Engine, id: string, inputs: Properties): Promise<void> {
  if (flag(inputs, "start")) {
    await wrapped("Unable to start container", () =>
      engine.call("POST", `/containers/${id}/start`),
    );
    if (flag(inputs, "wait")) await waitHealthy(engine, id, number(inputs, "waitTimeout"));
  }
  if (flag(inputs, "attach")) await engine.call("POST", `/containers/${id}/wait`);
}

async function waitHealthy(engine: Engine, id: string, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const found = await engine.object("GET", `/containers/${id}/json`);
    const health = block(block(found, "State") ?? {}, "Health");
    if (!health) {
      throw new Error(
        "you have supplied a 'wait' argument, but the container does not have a healthcheck " +
          "defined. Please remove the 'wait' argument or add a 'healthcheck' attribute",
      );
    }
    if (text(health, "Status") === "healthy") return;
    await sleep(Math.min(1000, Math.max(0, deadline - Date.now())));
  }
  throw new Error("container failed to be in healthy state");
}

async function updateContainer(
  engine: Engine,
  id: string,
  state: Properties,
  inputs: Properties,
): Promise<void> {
  if (state["mustRun"] === false && inputs["mustRun"] === true && flag(inputs, "start")) {
    await wrapped("Unable to start container", () =>
      engine.call("POST", `/containers/${id}/start`),
    );
  }
  const changed = Object.entries(containerSchema.rules).some(
    ([name, rule]) =>
      rule.change === "apply" && name !== "mustRun" && differs(rule, state[name], inputs[name]),
  );
  if (!changed) return;
  await wrapped("Unable to update a container", () =>
    engine.call("POST", `/containers/${id}/update`, { body: updateSpec(inputs) }),
  );
}

/** The state without the inputs that were taken away; what the engine fills in stays. */
function withoutDropped(state: Properties, inputs: Properties): Properties {
  const kept = Object.entries(state).filter(([name, value]) => {
    const rule = containerSchema.rules[name];
    return name in inputs || rule?.computed !== undefined || !rule || canonical(rule, value) === "";
  });
  return Object.fromEntries(kept);
}

async function deleteContainer(engine: Engine, id: string, state: Properties): Promise<void> {
  if (!flag(state, "attach")) {
    const grace = Math.max(0, number(state, "destroyGraceSeconds"));
    await gone(() =>
      engine.call("POST", `/containers/${id}/stop`, { query: { t: String(grace) } }),
    );
  }
  const query = { v: String(state["removeVolumes"] !== false), force: "true" };
  await gone(() => engine.call("DELETE", `/containers/${id}`, { query }));
  await gone(() =>
    engine.call("POST", `/containers/${id}/wait`, { query: { condition: "removed" } }),
  );
}

/** Does a step of a removal; that the container is gone, or going, is what was wanted. */
async function gone(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    const going = error instanceof EngineError && error.message.includes("already in progress");
    if (!isMissing(error) && !going) throw error;
  }
}

async function wrapped<Result>(what: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw new Error(`${what}: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
