import { createHash, createHmac } from "node:crypto";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { FileMount } from "../../../model/files";
import type { StackIdentity } from "../../../model/stack-identity";
import type { Workload } from "../../../model/workload";
import type { SecretResolver } from "../platform";
import { fileText } from "../secret-content";
import { hardening } from "./hardening";
import { engineName, labels } from "./labels";

/** What the files of one workload need. */
export interface FileVolumesArgs {
  readonly stack: StackIdentity;
  readonly workload: Workload;
  readonly mounts: readonly FileMount[];
  readonly secrets: SecretResolver;
  readonly image: pulumi.Input<string>;
  /** Keys the digests of secret files, so that a digest tells nothing of its file. */
  readonly digestKey: pulumi.Input<string>;
}

/** The volumes to mount, and what fills them. */
export interface FileVolumes {
  readonly volumes: docker.types.input.ContainerVolume[];
  readonly filledBy: pulumi.Resource[];
}

const DIGEST_CHARACTERS = 12;

/**
 * Puts files into volumes by way of a container that is created, filled and never started: the
 * workload then mounts them read-only, which uploads into a read-only root would not allow.
 *
 * A mount that its program reloads keeps its volume; every other has its content's digest in the
 * volume's name, so that a change replaces the container.
 */
export function createFileVolumes(args: FileVolumesArgs, parent: pulumi.Resource): FileVolumes {
  const { stack, workload, mounts, secrets, image } = args;
  if (mounts.length === 0) return { volumes: [], filledBy: [] };
  const filled = mounts.map((mount) => {
    const files = Object.entries(mount.files).map(([file, content]) => ({
      path: `${mount.directory}/${file}`,
      text: fileText(content, secrets),
    }));
    const name = `${workload.name}.${mount.name}-files`;
    const volume = new docker.Volume(
      name,
      {
        name: volumeName(
          engineName(stack, workload.name, mount.name, "files"),
          mount,
          files,
          args.digestKey,
        ),
        labels: labels(stack, { name, workload: workload.name }),
      },
      { parent },
    );
    return { mount, files, volume };
  });
  const name = `${workload.name}-files`;
  const filler = new docker.Container(
    name,
    {
      ...hardening(workload),
      // A dot, because no workload's name has one: the service "api-files" may live beside "api".
      name: engineName(stack, workload.name, "files"),
      image,
      start: false,
      mustRun: false,
      restart: "no",
      networkMode: "none",
      memory: 16,
      memorySwap: 16,
      cpus: "0.1",
      labels: labels(stack, { name, workload: workload.name }),
      volumes: filled.map(({ mount, volume }) => ({
        volumeName: volume.name,
        containerPath: mount.directory,
      })),
      uploads: filled.flatMap(({ mount, files }) =>
        files.map(({ path, text }) => ({
          file: path,
          content: text,
          permissions: mount.sensitive ? "0400" : "0444",
          owner: String(workload.user.uid),
          group: String(workload.user.gid),
        })),
      ),
    },
    { parent, deleteBeforeReplace: true },
  );
  return {
    volumes: filled.map(({ mount, volume }) => ({
      volumeName: volume.name,
      containerPath: mount.directory,
      readOnly: true,
    })),
    filledBy: [filler],
  };
}

interface File {
  readonly path: string;
  readonly text: pulumi.Input<string>;
}

function volumeName(
  base: string,
  mount: FileMount,
  files: readonly File[],
  digestKey: pulumi.Input<string>,
): pulumi.Input<string> {
  if (mount.onChange === "reload") return base;
  const contents = pulumi.all(files.map(({ text }) => text));
  const paths = files.map(({ path }) => path);
  if (!mount.sensitive) {
    const digest = contents.apply((texts) => digestOf(createHash("sha256"), paths, texts));
    return pulumi.interpolate`${base}-${digest}`;
  }
  const digest = pulumi
    .all([contents, digestKey])
    .apply(([texts, key]) => digestOf(createHmac("sha256", key), paths, texts));
  return pulumi.unsecret(pulumi.interpolate`${base}-${digest}`);
}

function digestOf(
  hash: { update(text: string): unknown; digest(encoding: "hex"): string },
  paths: readonly string[],
  texts: readonly string[],
): string {
  hash.update(JSON.stringify([paths, texts]));
  return hash.digest("hex").slice(0, DIGEST_CHARACTERS);
}
