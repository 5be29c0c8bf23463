import type { FileContent } from "../../model/files";
import type { SecretReference } from "../../model/secrets";
import type { StackIdentity } from "../../model/stack-identity";
import type { NamedSecret } from "../kubernetes/named-secrets";
import type { ExpectedSecret } from "./cluster-objects";
import type { RenderedFile } from "./manifests";

/** The file that lists the Secrets to make. */
export const SECRETS_FILE = "SECRETS.md";

/** Which Secrets the manifests expect, and commands that make them; no value stands in it. */
export function secretGuide(
  stack: StackIdentity,
  secrets: readonly ExpectedSecret[],
  named: readonly NamedSecret[],
): RenderedFile {
  const text = [
    `# Secrets of ${stack.project}/${stack.name}`,
    "",
    ...(secrets.length > 0 ? guide(stack, secrets) : []),
    ...(named.length > 0 ? namedGuide(named) : []),
    ...(secrets.length + named.length === 0 ? ["The manifests refer to none.", ""] : []),
  ];
  return { path: SECRETS_FILE, text: text.join("\n") };
}

/** What only its owner can make: nothing of it is known here but the name. */
const namedGuide = (named: readonly NamedSecret[]): string[] => [
  "The stack file names these too. They are yours to make, once their namespaces are there:",
  "",
  "| namespace | Secret | without it | made by |",
  "| --- | --- | --- | --- |",
  ...named.map(
    ({ namespace, name, use, type }) =>
      `| ${namespace} | ${name} | ${use} | \`kubectl create secret ${type} ${name} --namespace ${namespace}\` |`,
  ),
  "",
];

function guide(stack: StackIdentity, secrets: readonly ExpectedSecret[]): string[] {
  const references = secrets.flatMap(({ mount }) =>
    Object.values(mount.files).flatMap(referencesIn),
  );
  const generated = unique(references.flatMap((one) => ("generated" in one ? one.generated : [])));
  const declared = unique(references.flatMap((one) => ("declared" in one ? one.declared : [])));
  return [
    "The manifests refer to these Secrets by name and hold none of their values. A pod waits in",
    "`ContainerCreating` until its Secret is there; `whalewatch up` makes them by itself.",
    "",
    "| namespace | Secret | files | read by |",
    "| --- | --- | --- | --- |",
    ...secrets.map(
      ({ namespace, name, workload, mount }) =>
        `| ${namespace} | ${name} | ${Object.keys(mount.files).join(", ")} | ${workload} |`,
    ),
    "",
    "Run this in bash in the folder of this file. The values stay in a folder of your own, which",
    "belongs in no repository. Databases take their passwords at the first start alone, so a value",
    "that is there is never made anew.",
    "",
    "```bash",
    "set -euo pipefail",
    "umask 077",
    `values="\${VALUES:-$HOME/.whalewatch/${stack.project}-${stack.name}}"`,
    'mkdir -p "$values/generated" "$values/declared"',
    ...generated.map(
      (name) =>
        `[ -s "$values/generated/${name}" ] || openssl rand -hex 24 | tr -d '\\n' > "$values/generated/${name}"`,
    ),
    ...declared.map(
      (name) =>
        `pulumi config get secrets:${name} --stack ${stack.name} | tr -d '\\n' > "$values/declared/${name}"`,
    ),
    'for namespace in manifests/00-*.yaml; do kubectl apply --server-side -f "$namespace"; done',
    ...secrets.flatMap(commands),
    "```",
    "",
    "After a change of a value, roll the pods that read it, since the name of the Secret stays:",
    "`kubectl rollout restart --namespace NAMESPACE deployment/WORKLOAD` (or `statefulset/`).",
    "",
  ];
}

function commands({ namespace, name, mount }: ExpectedSecret): string[] {
  const folder = `"$values/secrets/${namespace}/${name}"`;
  return [
    "",
    `rm -rf ${folder} && mkdir -p ${folder}`,
    ...Object.entries(mount.files).map(
      ([file, content]) => `${printed(content)} > ${folder}/${file}`,
    ),
    `kubectl create secret generic ${name} --namespace ${namespace} --from-file=${folder} \\`,
    "  --dry-run=client -o yaml | kubectl apply --server-side -f -",
  ];
}

/** The command that prints a file, its secrets read from where their values are. */
function printed(content: FileContent): string {
  const parts = typeof content === "string" ? [content] : content.parts;
  const words = parts.map((part) =>
    typeof part === "string" ? quoted(part) : `"$(cat "${valueFile(part)}")"`,
  );
  return `printf %s ${words.join(" ")}`;
}

const valueFile = (reference: SecretReference): string =>
  "generated" in reference
    ? `$values/generated/${reference.generated}`
    : `$values/declared/${reference.declared}`;

/** A shell word in one line: `$'...'` keeps newlines visible and leaves no way out. */
function quoted(text: string): string {
  const escaped = text.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\n");
  return `$'${escaped}'`;
}

function referencesIn(content: FileContent): SecretReference[] {
  return typeof content === "string"
    ? []
    : content.parts.flatMap((part) => (typeof part === "string" ? [] : [part]));
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();
