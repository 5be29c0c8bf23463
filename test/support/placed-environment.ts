import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { passwordCanary } from "../../cli/engine/canaries";
import { Environment } from "../../components/environment";
import { DockerPlatform } from "../../components/platform/docker/docker-platform";
import { provisionFiles } from "../../configs/provision";
import type { ProvisionedFiles } from "../../model/files";
import type { Stack } from "../../model/stack";
import { deploy, type DeployedResource } from "./deploy";

/** Type tokens of what the Docker platform makes. */
export const CONTAINER = "docker:index/container:Container";
export const VOLUME = "docker:index/volume:Volume";
export const NETWORK = "docker:index/network:Network";
export const PASSWORD = "random:index/randomPassword:RandomPassword";

/** Settings of one placement. */
export interface PlacementOptions {
  /** As in `pulumi preview`. @default false */
  readonly preview?: boolean;
  /** In place of what the stack provisions. */
  readonly files?: ProvisionedFiles;
  /** Values of declared secrets. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A whole environment on mocks. */
export class PlacedEnvironment {
  constructor(readonly resources: readonly DeployedResource[]) {}

  /** Resources of a type, by name. */
  ofType(type: string): DeployedResource[] {
    return this.resources
      .filter((resource) => resource.type === type)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The one resource of a type and name. */
  get(type: string, name: string): DeployedResource {
    const [found, ...others] = this.resources.filter(
      (resource) => resource.type === type && resource.name === name,
    );
    assert.ok(found, `no ${type} '${name}'`);
    assert.deepEqual(others, []);
    return found;
  }

  /** The containers that run, without those that only carry files. */
  get workloads(): DeployedResource[] {
    return this.ofType(CONTAINER).filter(({ name }) => name.endsWith("-container"));
  }

  /** `type::name` of everything, sorted: what Pulumi knows the resources by. */
  get identities(): string[] {
    return this.resources.map(({ type, name }) => `${type}::${name}`).sort();
  }
}

/** Places a stack on mocks. */
export async function placeEnvironment(
  stack: Stack,
  { preview = false, files = provisionFiles(stack), secrets = {} }: PlacementOptions = {},
): Promise<PlacedEnvironment> {
  const declaredSecret = (name: string) => {
    const value = secrets[name];
    assert.ok(value !== undefined, `no value for the declared secret '${name}'`);
    return pulumi.secret(value);
  };
  const { resources } = await deploy(
    () =>
      void new Environment(stack.name, { stack, files, declaredSecret, Platform: DockerPlatform }),
    { preview },
  );
  return new PlacedEnvironment(resources);
}

/** The same files with a line added to one of them. */
export function withChangedFile(
  files: ProvisionedFiles,
  workload: string,
  mountName: string,
): ProvisionedFiles {
  const mounts = files.get(workload) ?? [];
  assert.ok(
    mounts.some(({ name }) => name === mountName),
    `${workload} has no mount '${mountName}'`,
  );
  const changed = mounts.map((mount) => {
    if (mount.name !== mountName) return mount;
    const entries = Object.entries(mount.files).map(([file, content]) => {
      assert.ok(typeof content === "string", `${file} holds a secret`);
      return [file, `${content}# changed\n`] as const;
    });
    return { ...mount, files: Object.fromEntries(entries) };
  });
  return new Map([...files, [workload, changed]]);
}

/** The passwords that a stack generated, by resource name. */
export function generatedPasswords(resources: readonly DeployedResource[]): Map<string, string> {
  const passwords = resources.filter(({ type }) => type === PASSWORD);
  return new Map(passwords.map(({ name, inputs }) => [name, passwordOf(name, inputs["length"])]));
}

function passwordOf(name: string, length: unknown): string {
  return passwordCanary(`${PASSWORD}::${name}`, Number(length));
}
