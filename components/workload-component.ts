import * as pulumi from "@pulumi/pulumi";
import type { FileMount } from "../model/files";
import type { GeneratedSecret } from "../model/secrets";
import type { Workload } from "../model/workload";
import { generatePassword } from "./password";
import { passwordResource } from "./password-resource";
import type { Placed, Platform, SecretResolver } from "./platform/platform";

/** What every component of a stack is made from. */
export interface WorkloadComponentArgs {
  /** What to run: plain data, so that limits and ports are known in every preview. */
  readonly workload: Workload;
  /** The files to provision, secrets by reference. */
  readonly mounts: readonly FileMount[];
  readonly platform: Platform;
  /** Secrets that other components or the stack file own. */
  readonly secrets: SecretResolver;
  /** How often its generated passwords were replaced; default 0. */
  readonly rotation?: number;
  /** Must be healthy before this one starts; default none. */
  readonly after?: readonly pulumi.Resource[];
}

/** Passwords that a component generated, by what they open. */
export type Passwords = ReadonlyMap<GeneratedSecret, pulumi.Output<string>>;

/** The common part of all components: generates their own passwords and places their workload. */
export abstract class WorkloadComponent extends pulumi.ComponentResource {
  /** Exist once the workload is healthy. */
  readonly ready: readonly pulumi.Resource[];
  /** Where people reach what it publishes; undefined when it publishes nothing. */
  readonly address: string | undefined;
  /** The passwords that this component made for what it runs. */
  readonly passwords: Passwords;

  protected constructor(
    component: string,
    name: string,
    args: WorkloadComponentArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
    generated: readonly GeneratedSecret[] = [],
  ) {
    const { workload, mounts, platform, secrets, rotation = 0, after = [] } = args;
    // No inputs of its own: they would show each change twice, here and at the container.
    super(`whalewatch:index:${component}`, name, {}, opts);
    this.passwords = new Map(
      generated.map((secret) => [
        secret,
        generatePassword(passwordResource(secret, rotation), this),
      ]),
    );
    const placed: Placed = platform.place(
      { workload, mounts, after, secrets: ownOr(this.passwords, secrets) },
      this,
    );
    this.ready = placed.ready;
    this.address = placed.address;
    this.registerOutputs({});
  }
}

function ownOr(passwords: Passwords, secrets: SecretResolver): SecretResolver {
  return (reference) => {
    const own = "generated" in reference ? passwords.get(reference.generated) : undefined;
    return own ?? secrets(reference);
  };
}
