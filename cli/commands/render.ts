import path from "node:path";
import { provisionFiles } from "../../configs/provision";
import type { Stack } from "../../model/stack";
import { checkedStack } from "../checked-stack";
import { namedSecrets } from "../kubernetes/named-secrets";
import { clusterObjects } from "../render/cluster-objects";
import { connectionFaults } from "../render/connection-proof";
import { kustomization } from "../render/kustomization";
import { manifests, type RenderedFile } from "../render/manifests";
import { secretGuide, SECRETS_FILE } from "../render/secret-guide";
import { writeRender } from "../render/write-render";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Options of `whalewatch render`. */
export interface RenderOptions {
  readonly stack: string;
  /** In place of the stack file's own. */
  readonly platform?: string;
  /** Folder to write to; default out/<stack>-kubernetes. */
  readonly out?: string;
}

/**
 * Writes a stack as plain Kubernetes manifests, without Pulumi and without a cluster.
 * @throws UserError for settings that do not hold on Kubernetes, and for a folder in use.
 */
export function render(directory: string, options: RenderOptions): void {
  const stack = stackOnKubernetes(directory, options);
  const files = renderFiles(stack);
  const folder = path.resolve(
    directory,
    options.out ?? path.join("out", `${stack.name}-kubernetes`),
  );
  writeRender(folder, files);
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const relative = path.relative(directory, folder);
  const shown = relative === "" || relative.startsWith("..") ? folder : relative;
  console.log(
    `${files.length} files, ${Math.ceil(bytes / 1024)} KiB, in ${shown}. First make the Secrets that ${shown}/${SECRETS_FILE} lists, then: kubectl apply --server-side -k ${shown}`,
  );
}

/** Every file of a render: manifests, kustomization.yaml and SECRETS.md. */
export function renderFiles(stack: Stack): RenderedFile[] {
  const { objects, secrets } = clusterObjects(stack, provisionFiles(stack));
  const faults = connectionFaults(stack, objects);
  if (faults.length > 0) {
    throw new Error(["The network policies are not what is declared:", ...faults].join("\n  "));
  }
  const files = manifests(objects);
  return [...files, kustomization(files), secretGuide(stack, secrets, namedSecrets(stack))];
}

function stackOnKubernetes(directory: string, { stack, platform }: RenderOptions): Stack {
  if (platform !== undefined && platform !== "kubernetes") {
    throw new UserError(
      `--platform: found ${platform}; allowed: kubernetes, the one platform that has manifests.`,
    );
  }
  const file = readStackFile(directory, stack);
  if (platform === undefined && file.settings.values["platform"] !== "kubernetes") {
    throw new UserError(
      `Pulumi.${stack}.yaml is not for Kubernetes. Add --platform kubernetes to render it all the same.`,
    );
  }
  const values = { ...file.settings.values, platform: "kubernetes" };
  return checkedStack({ ...file, settings: { ...file.settings, values } });
}
