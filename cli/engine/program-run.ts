import { type EngineProblem } from "./engine-problem";

/** One dry run of a Pulumi program: what `pulumi preview` would be told, without its CLI. */
export interface ProgramRun {
  readonly project: string;
  readonly stack: string;
  /** Absolute path of the program: the folder of Pulumi.yaml, where package.json or index.ts is. */
  readonly directory: string;
  /** Full keys ("whalewatch:services") to text; structured values as JSON text, as Pulumi has them. */
  readonly config: Readonly<Record<string, string>>;
  /** The keys of `config` whose values are secret. */
  readonly secretKeys: readonly string[];
  /** @default "organization" */
  readonly organization?: string;
  /** Program's time limit in milliseconds. @default 60000 */
  readonly timeoutMs?: number;
  /** Node.js arguments: `runtime.options.nodeargs` of Pulumi.yaml. @default ["--import", "tsx"] */
  readonly nodeArguments?: readonly string[];
  /** Variables for the program on top of the few it needs to start; nothing else is inherited. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Provider packages that may be used. @default docker, random, kubernetes, pulumi */
  readonly allowedPackages?: readonly string[];
  /**
   * Secret values to look for, by the label that a problem names. The secret values of `config` and
   * the passwords that the run itself makes are looked for without being listed here.
   */
  readonly canaries?: Readonly<Record<string, string>>;
  /** Called with each diagnostic when it arrives. */
  readonly onLog?: (diagnostic: Diagnostic) => void;
}

/** Something the program or the SDK said, in order. */
export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** How it was said: through Pulumi's log, or on a standard stream. */
  readonly source: "log" | "stdout" | "stderr";
  /** The resource it is about. */
  readonly urn?: string;
}

/** A resource as the program registered it. Values are decoded as `wire-values` describes. */
export interface RegisteredResource {
  readonly urn: string;
  /** Token such as `docker:index/container:Container`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; absent for the stack alone. */
  readonly parent?: string;
  /** Made by a provider, as opposed to a component. */
  readonly custom: boolean;
  /** Read from outside (`Container.get(…)`), not managed by the stack. */
  readonly external: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What a component passed to `registerOutputs`; absent when it never called it. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** URNs it waits for, from `dependsOn` and from outputs among its inputs. */
  readonly dependencies: readonly string[];
  /** The same by input property, without `dependsOn`. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly ResourceAlias[];
  /** Version of the provider plugin; empty for components. */
  readonly version: string;
  /** Reference `urn::id` of an explicit provider; empty for the default one. */
  readonly provider: string;
  /** URN of the resource whose deletion takes this one along; empty when there is none. */
  readonly deletedWith: string;
}

/** A former identity: a whole URN, or the parts of it that differed. */
export interface ResourceAlias {
  readonly urn?: string;
  readonly name?: string;
  readonly type?: string;
  readonly project?: string;
  readonly stack?: string;
  readonly parentUrn?: string;
  readonly noParent?: boolean;
}

/** What a dry run found. */
export interface ProgramResult {
  /** Parents and dependencies first, otherwise by URN: the same on each run. */
  readonly resources: readonly RegisteredResource[];
  /** The stack's outputs; empty when the program failed before giving them. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
  /** What the real engine would refuse, or a reviewer should; empty for a good program. */
  readonly problems: readonly EngineProblem[];
  /**
   * 0 when the program came to its end; 32 when it failed and said why in an error diagnostic. Faults
   * that only the engine sees are in `problems` and leave it at 0.
   */
  readonly exitCode: number;
  readonly durationMs: number;
}
