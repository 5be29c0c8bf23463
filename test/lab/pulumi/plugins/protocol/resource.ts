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

/** What an operation is told besides ids, states and inputs. */
export interface OperationContext {
  /** The resource's name to the engine. */
  urn: string;
  /** The seconds that the program allows with `customTimeouts`; 0 when it says nothing. */
  timeout: number;
  /** The inputs that the state was made from, empty for a new resource. */
  oldInputs: Properties;
}

/** A resource that exists: its id and its state. */
export interface Created {
  id: string;
  state: Properties;
}

/** One kind of resource. */
export interface ResourceType {
  check(news: Properties, context: CheckContext): Promise<Checked> | Checked;
  diff(
    state: Properties,
    inputs: Properties,
    oldInputs: Properties,
  ): Promise<Difference> | Difference;
  /** The outputs that are unknown in a preview of a create. */
  unknownOnCreate: readonly string[];
  /** The outputs that are unknown in a preview of an update; none when left out. */
  unknownOnUpdate?(state: Properties, inputs: Properties): readonly string[];
  create(inputs: Properties, context: OperationContext): Promise<Created>;
  /** The state that a preview of a create shows; the inputs and `unknownOnCreate` when left out. */
  previewCreate?(inputs: Properties, context: OperationContext): Promise<Properties>;
  /** The state as found, or undefined when the resource is gone. */
  read(id: string, state: Properties, context: OperationContext): Promise<Properties | undefined>;
  /** The inputs that a state found by a read stands for; those that it differs from when left out. */
  inputsOf?(state: Properties, oldInputs: Properties): Properties;
  update(
    id: string,
    state: Properties,
    inputs: Properties,
    context: OperationContext,
  ): Promise<Properties>;
  /** The state that a preview of an update shows. */
  previewUpdate?(
    id: string,
    state: Properties,
    inputs: Properties,
    context: OperationContext,
  ): Promise<Properties>;
  delete(id: string, state: Properties, context: OperationContext): Promise<void>;
}

/** A plugin: its resources by type token. */
export interface Plugin {
  version: string;
  resources: Readonly<Record<string, ResourceType>>;
  /** Finds the resources that are not listed by name. */
  find?(type: string): ResourceType | undefined;
  /** Checks the configuration of the provider itself. */
  checkConfig(news: Properties): Checked;
  /** Compares two configurations of the provider itself; the engine does it when left out. */
  diffConfig?(olds: Properties, news: Properties): Difference;
  /** Called once before the first resource, in previews too. */
  configure(config: Properties): Promise<void>;
  /** Ends what is being waited for. */
  cancel?(): void;
}

/** The resource was made but did not come up: it stays in the state and the operation fails. */
export class InitializationError extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly state: Properties,
    /** What else is known of the failure, and the inputs when a read found it. */
    readonly more: { reasons?: readonly string[]; inputs?: Properties } = {},
  ) {
    super(message);
  }
}

/** The part of a resource's URN after its parents' types. */
export function typeOf(urn: string): string {
  const qualified = urn.split("::")[2] ?? "";
  return qualified.split("$").at(-1) ?? "";
}
