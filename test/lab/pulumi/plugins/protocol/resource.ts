import type { Checked } from "./check";
import type { Difference } from "./diff";
import type { Properties } from "./values";

/** What a check is told besides the inputs. */
export interface CheckContext {
  /** The resource's name in the program. */
  name: string;
  /** The inputs that were checked last, empty for a new resource. */
  olds: Properties;
  /** Random bytes that the engine keeps stable within one operation. */
  seed: Uint8Array;
}

/** A resource that exists: its id and its state. */
export interface Created {
  id: string;
  state: Properties;
}

/** One kind of resource. */
export interface ResourceType {
  check(news: Properties, context: CheckContext): Promise<Checked> | Checked;
  diff(state: Properties, inputs: Properties, oldInputs: Properties): Difference;
  /** The outputs that are unknown in a preview of a create. */
  unknownOnCreate: readonly string[];
  /** The outputs that are unknown in a preview of an update; none when left out. */
  unknownOnUpdate?(state: Properties, inputs: Properties): readonly string[];
  create(inputs: Properties): Promise<Created>;
  /** The state as found, or undefined when the resource is gone. */
  read(id: string, state: Properties): Promise<Properties | undefined>;
  update(id: string, state: Properties, inputs: Properties): Promise<Properties>;
  delete(id: string, state: Properties): Promise<void>;
}

/** A plugin: its resources by type token. */
export interface Plugin {
  version: string;
  resources: Readonly<Record<string, ResourceType>>;
  /** Checks the configuration of the provider itself. */
  checkConfig(news: Properties): Checked;
  /** Called once before the first resource, in previews too. */
  configure(config: Properties): Promise<void>;
}

/** The resource was made but did not come up: it stays in the state and the operation fails. */
export class InitializationError extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly state: Properties,
  ) {
    super(message);
  }
}

/** The part of a resource's URN after its parents' types. */
export function typeOf(urn: string): string {
  const qualified = urn.split("::")[2] ?? "";
  return qualified.split("$").at(-1) ?? "";
}
