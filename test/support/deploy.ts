import * as pulumi from "@pulumi/pulumi";
import {
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { type RegisteredResource } from "../../cli/engine/program-run";
import { registeredResource } from "../../cli/engine/registered-resource";
import { qualifiedType } from "../../cli/engine/urn";
import {
  containsSecret,
  decodeProperties,
  isPlainObject,
  revealSecrets,
} from "../../cli/engine/wire-values";
import { computedOutputs } from "./computed-outputs";

/** A resource as a component registered it, with its secrets readable. */
export interface DeployedResource extends RegisteredResource {
  /** Type of the parent; absent at the top. */
  readonly parentType?: string;
  /** Names of the top-level inputs that are, or hold, a secret. */
  readonly secretInputs: readonly string[];
}

/** Settings of one `deploy`. */
export interface DeployOptions {
  /** As in `pulumi preview`: ids and computed outputs are unknown. @default false */
  readonly preview?: boolean;
  /** Full keys to text. */
  readonly config?: Readonly<Record<string, string>>;
  /** The keys of `config` that are secret. */
  readonly secretKeys?: readonly string[];
}

/** What the program registered: parents and dependencies first, otherwise in no promised order. */
export interface Deployed {
  readonly resources: readonly DeployedResource[];
}

/** What the SDK puts into a text in place of an Output, unless told to throw. */
const OUTPUT_IN_TEXT = "Calling [toString] on an [Output<T>]";

let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs a program against mocks and returns all it registered. It fails for two resources of one type
 * and name, for a provider function that is not mocked, and for an Output put into a plain text:
 * the mocks let these pass, the real engine does not. Calls wait for each other, since the SDK's
 * state is global.
 */
export function deploy(
  program: () => void | Promise<void>,
  options: DeployOptions = {},
): Promise<Deployed> {
  const run = previous.then(() => deployAlone(program, options));
  previous = run.catch(() => undefined);
  return run;
}

async function deployAlone(
  program: () => void | Promise<void>,
  { preview = false, config = {}, secretKeys = [] }: DeployOptions,
): Promise<Deployed> {
  const names = new Set<string>();
  const faults: string[] = []; // a throw inside a mock would surface outside the test that caused it
  const newResource = ({ type, name, inputs, custom }: pulumi.runtime.MockResourceArgs) => {
    const key = `${type} '${name}'`;
    if (names.has(key)) faults.push(`Two resources are ${key}: give the second another name.`);
    names.add(key);
    const given: unknown = inputs;
    const known = isPlainObject(given) ? given : {};
    const computed = preview || custom !== true ? {} : computedOutputs(type, name, known);
    return { id: preview ? undefined : `${name}-id`, state: { ...computed, ...known } };
  };
  const call = ({ token }: pulumi.runtime.MockCallArgs) => {
    faults.push(`The provider function ${token} is called, but not mocked.`);
    return {};
  };
  await pulumi.runtime.setMocks({ newResource, call }, "whalewatch", "test", preview);
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  const resources = spy();
  try {
    await program();
  } finally {
    await pulumi.runtime.disconnect(); // drains pending registrations
  }
  const registered = [...resources.values()];
  for (const { name, type, inputs } of registered) {
    if (!JSON.stringify(inputs).includes(OUTPUT_IN_TEXT)) continue;
    faults.push(`${type} '${name}' has an Output inside a plain text: use pulumi.interpolate.`);
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return { resources: registered };
}

/** Listens to what reaches the monitor: the mocks are not told of parents, dependencies or options. */
function spy(): Map<string, DeployedResource> {
  const resources = new Map<string, DeployedResource>();
  const monitor: unknown = pulumi.runtime.getMonitor();
  if (!(monitor instanceof MockMonitor)) {
    throw new Error(
      "Mocks are set, but the monitor is not theirs: look for a second @pulumi/pulumi.",
    );
  }
  const register = monitor.registerResource.bind(monitor);
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResource = (request: RegisterResourceRequest, callback) =>
    register(request, (error: unknown, response: { getUrn(): string } | undefined) => {
      const urn = response?.getUrn();
      if (urn !== undefined) resources.set(urn, deployedResource(request, urn));
      callback(error, response);
    });
  monitor.registerResourceOutputs = (request: RegisterResourceOutputsRequest, callback) => {
    const resource = resources.get(request.getUrn());
    const outputs = reveal(decodeProperties(request.getOutputs()?.toJavaScript() ?? {}));
    if (resource !== undefined) resources.set(resource.urn, { ...resource, outputs });
    registerOutputs(request, callback);
  };
  return resources;
}

/** Type of a resource without those of its parents. */
function ownType(urn: string): string {
  return qualifiedType(urn).split("$").at(-1) ?? "";
}

function deployedResource(request: RegisterResourceRequest, urn: string): DeployedResource {
  const resource = registeredResource(request, urn);
  const secret = Object.entries(resource.inputs).filter(([, value]) => containsSecret(value));
  return {
    ...resource,
    inputs: reveal(resource.inputs),
    secretInputs: secret.map(([key]) => key),
    ...(resource.parent !== undefined && { parentType: ownType(resource.parent) }),
  };
}

function reveal(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, revealSecrets(value)]),
  );
}
