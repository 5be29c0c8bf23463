import { stringify } from "yaml";
import type { RenderedFile } from "./manifests";

/** The file that kustomize starts from. */
export const KUSTOMIZATION_FILE = "kustomization.yaml";
/** First line of that file, by which a folder is known as a render. */
export const RENDER_MARK = "# Written by whalewatch render; the next render replaces it.";

/** `kustomization.yaml` over all manifests, in their order. */
export function kustomization(files: readonly RenderedFile[]): RenderedFile {
  const content = stringify({
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: files.map(({ path }) => path),
  });
  return { path: KUSTOMIZATION_FILE, text: `${RENDER_MARK}\n${content}` };
}
