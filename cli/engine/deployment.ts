import {
  type ReadResourceRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { passwordCanary } from "./canaries";
import { type EngineProblem } from "./engine-problem";
import { type RegisteredResource } from "./program-run";
import { readRegistered, registeredResource } from "./registered-resource";
import { type TypeCatalog } from "./type-catalog";
import { describeUrn, makeUrn, STACK_TYPE } from "./urn";
import { decodeProperties, wireSecret } from "./wire-values";

const PASSWORD_TYPE = "random:index/randomPassword:RandomPassword";
const DEFAULT_PASSWORD_LENGTH = 32;

type WireProperties = Record<string, JavaScriptValue>;

/** What the program gets back for a resource. */
export interface Registration {
  readonly urn: string;
  /** Known outputs in wire form; the SDK takes any other output as unknown. */
  readonly outputs: WireProperties;
}

/** The resources of one dry run, and what is wrong with them. */
export class Deployment {
  readonly #project: string;
  readonly #stack: string;
  readonly #types: TypeCatalog;
  readonly #resources = new Map<string, RegisteredResource>();
  readonly #outputs = new Map<string, WireProperties>();
  readonly #problems: EngineProblem[] = [];
  readonly #passwords = new Map<string, string>();
  #stackUrn: string | undefined;

  constructor(project: string, stack: string, types: TypeCatalog) {
    this.#project = project;
    this.#stack = stack;
    this.#types = types;
  }

  /** As they arrived. */
  get resources(): readonly RegisteredResource[] {
    return [...this.#resources.values()];
  }

  get problems(): readonly EngineProblem[] {
    return this.#problems;
  }

  /** The passwords made up for this run, by label. */
  get passwords(): ReadonlyMap<string, string> {
    return this.#passwords;
  }

  /** Outputs of the stack, once the program has come to its end. */
  get stackOutputs(): Readonly<Record<string, unknown>> | undefined {
    return this.#stackUrn === undefined ? undefined : this.#resources.get(this.#stackUrn)?.outputs;
  }

  report(problem: EngineProblem): void {
    this.#problems.push(problem);
  }

  register(request: RegisterResourceRequest): Registration {
    const resource = registeredResource(request, this.#urnOf(request));
    const { urn, type, custom } = resource;
    const known = this.#outputs.get(urn);
    if (known !== undefined) {
      this.#reportDuplicate(resource);
      return { urn, outputs: known };
    }
    if (type === STACK_TYPE) this.#stackUrn = urn;
    if (custom) this.#checkType(resource);
    // The real engine too returns no properties for a component: it sets its own fields.
    const outputs = custom ? this.#plannedOutputs(request, resource) : {};
    this.#resources.set(urn, resource);
    this.#outputs.set(urn, outputs);
    return { urn, outputs };
  }

  read(request: ReadResourceRequest): Registration {
    const resource = readRegistered(request, this.#urnOf(request));
    if (this.#resources.has(resource.urn)) this.#reportDuplicate(resource);
    else this.#resources.set(resource.urn, resource);
    this.#checkType(resource);
    const outputs = request.getProperties()?.toJavaScript() ?? {};
    this.#outputs.set(resource.urn, outputs);
    return { urn: resource.urn, outputs };
  }

  registerOutputs(urn: string, outputs: WireProperties): void {
    const resource = this.#resources.get(urn);
    if (resource === undefined) throw new Error(`No resource ${describeUrn(urn)} was registered.`);
    this.#resources.set(urn, { ...resource, outputs: decodeProperties(outputs) });
    this.#outputs.set(urn, outputs);
  }

  outputsOf(urn: string): WireProperties | undefined {
    return this.#outputs.get(urn);
  }

  #urnOf(request: { getType(): string; getName(): string; getParent(): string }): string {
    const parent = request.getParent();
    if (parent !== "" && !this.#resources.has(parent)) {
      throw new Error(
        `The parent of '${request.getName()}', ${describeUrn(parent)}, is not registered.`,
      );
    }
    return makeUrn({
      stack: this.#stack,
      project: this.#project,
      type: request.getType(),
      name: request.getName(),
      ...(parent !== "" && { parent }),
    });
  }

  /** What a provider would plan: the inputs, since all it computes is unknown, save for passwords. */
  #plannedOutputs(request: RegisterResourceRequest, resource: RegisteredResource): WireProperties {
    const outputs: WireProperties = request.getObject()?.toJavaScript() ?? {};
    if (resource.type === PASSWORD_TYPE) {
      const { length } = resource.inputs;
      const result = passwordCanary(
        resource.urn,
        typeof length === "number" ? length : DEFAULT_PASSWORD_LENGTH,
      );
      const label = `password ${resource.name}`;
      this.#passwords.set(
        this.#passwords.has(label) ? `${label} (${resource.urn})` : label,
        result,
      );
      outputs["result"] = wireSecret(result);
    }
    for (const name of resource.additionalSecretOutputs) {
      if (name in outputs) outputs[name] = wireSecret(outputs[name]);
    }
    return outputs;
  }

  #checkType({ type, name, urn }: RegisteredResource): void {
    const fault = this.#types.fault(type);
    if (fault === undefined) return;
    this.report({ kind: "unknown-type", message: `Resource '${name}': ${fault}`, urn });
  }

  #reportDuplicate({ urn, type, name, parent }: RegisteredResource): void {
    const owner = (parentUrn = "") => (parentUrn === "" ? "no parent" : describeUrn(parentUrn));
    const first = owner(this.#resources.get(urn)?.parent);
    const second = owner(parent);
    const where =
      first === second ? `both under ${first}` : `one under ${first}, the other under ${second}`;
    const message = `Two resources are ${type} '${name}', ${where}. A URN holds the types of the parents but not their names: put the parent's name into the child's.`;
    this.report({ kind: "duplicate-urn", message, urn });
  }
}
