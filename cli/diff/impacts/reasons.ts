import { redactValue } from "../redact";
import type { PropertyChange, ResourceChange } from "../resources/compare-resources";
import { type Difference, listed } from "./impact";

/** Where a pod's template and its container begin; what follows says what differs. */
const TEMPLATE =
  /^(?:spec\.)?(?:jobTemplate\.spec\.)?template\.(?:spec\.(?:containers\.)?|metadata\.)/;

/** Properties by the words that a plan has for them, or by plainer ones. */
const WORDS: Readonly<Record<string, string>> = {
  image: "image",
  cpus: "cpu",
  memory: "memory",
  memorySwap: "memory",
  resources: "memory",
  readOnly: "root",
  user: "user",
  uploads: "files",
  data: "files",
  stringData: "files",
  volumes: "volumes",
  replicas: "replicas",
  envs: "environment",
  env: "environment",
  networksAdvanced: "networks",
  ports: "published ports",
  healthcheck: "health check",
};

/** The name stays, what is behind it changes. */
const BUILT_ANEW = "image built from other files";

/** Words that say no more where the plan's own fields or files have changed too. */
const COVERED_BY_FIELDS = ["image", "cpu", "memory", "root", "user", "replicas"];
const COVERED_BY_FILES = ["files", "volumes", "name", "annotations", "metadata"];

/** Why a workload's resources change, the plan's own words first. */
export function reasonsOf(name: string, difference: Difference): string[] {
  const changes = difference.changes.filter(({ properties }) => properties.length > 0);
  const own = changes.filter((change) => workloadOf(change) === name);
  const fields = fieldReasons(name, difference);
  const files = filesOf(name, difference);
  const environment = own.flatMap(environmentReasons);
  const covered = new Set([
    ...(fields.length > 0 ? COVERED_BY_FIELDS : []),
    ...(fields.some((field) => field.startsWith("image ")) ? [BUILT_ANEW] : []),
    ...(files.length > 0 ? COVERED_BY_FILES : []),
    ...(environment.length > 0 ? ["environment"] : []),
  ]);
  const others = own
    .flatMap(({ properties }) => properties)
    .filter(({ effect }) => effect !== "recorded")
    .map(wordOf)
    .filter((word) => !covered.has(word));
  return [
    ...fields,
    ...(files.length > 0 ? [`files: ${listed(files)}`] : []),
    ...environment,
    ...new Set(others),
  ];
}

/** The workload that a resource belongs to by the name of its component. */
export function workloadOf({ resource: { parent } }: ResourceChange): string | undefined {
  return parent?.split("::").at(-1);
}

function fieldReasons(name: string, { comparison }: Difference): string[] {
  const changed = comparison.workloads.changed.find((workload) => workload.name === name);
  return (changed?.changes ?? []).map(
    ({ field, before, after }) => `${field} ${before} → ${after}`,
  );
}

function filesOf(name: string, { comparison: { files } }: Difference): string[] {
  const changed = files.changed
    .filter((file) => file.name.startsWith(`${name}/`))
    .map((file) => file.name.slice(file.name.lastIndexOf("/") + 1));
  const named = (list: typeof files.added, mark: string): string[] =>
    list
      .filter(({ workload }) => workload === name)
      .map(({ path }) => `${mark}${path.slice(path.lastIndexOf("/") + 1)}`);
  return [...changed, ...named(files.added, "+"), ...named(files.removed, "−")];
}

function environmentReasons({ properties }: ResourceChange): string[] {
  return properties
    .filter((property) => wordOf(property) === "environment")
    .flatMap(({ shown, before, after }) => {
      if (Array.isArray(before) || Array.isArray(after)) return variables(before, after);
      const name = /\.env\[([^\]]+)\]\.value$/.exec(shown)?.[1];
      return name === undefined ? [] : [told(name, text(before), text(after))];
    });
}

/** Docker's list of `NAME=value`. */
function variables(before: PropertyChange["before"], after: PropertyChange["after"]): string[] {
  const pairs = (value: PropertyChange["before"]) =>
    new Map(
      (Array.isArray(value) ? value : []).map((entry) => {
        const [name = "", ...rest] = String(entry).split("=");
        return [name, rest.join("=")] as const;
      }),
    );
  const [old, now] = [pairs(before), pairs(after)];
  return [...new Set([...old.keys(), ...now.keys()])].map((name) =>
    told(name, old.get(name), now.get(name)),
  );
}

function told(name: string, before: string | undefined, after: string | undefined): string {
  const shown = (value: string | undefined) => redactValue(`${name}=${value ?? ""}`);
  if (before === undefined) return `+${shown(after)}`;
  return after === undefined
    ? `−${name}`
    : `${shown(before)} → ${shown(after).slice(name.length + 1)}`;
}

function text(value: PropertyChange["before"]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function wordOf({ path, shown, before, after }: PropertyChange): string {
  // Neither value is known: it comes from an image that is built, not from one that is named.
  if (shown === "image" && before === undefined && after === undefined) return BUILT_ANEW;
  const inside = path
    .join(".")
    .replace(TEMPLATE, "")
    .replace(/^spec\./, "");
  const [property = ""] = inside.split(".");
  return WORDS[property] ?? (property === "" ? shown : property);
}
