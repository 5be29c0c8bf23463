import type { Checked } from "../protocol/check";
import { isProperties, type Properties, type Value } from "../protocol/values";
import type { Mutability } from "./replacement";

/** The engine's mark of an object that wraps a secret value. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What configures the provider. */
export interface Settings {
  /** A kubeconfig file or its text; "" for the usual files. */
  kubeconfig: string;
  context: string;
  cluster: string;
  namespace: string;
  mutable: Mutability;
  /** Writes win over the fields that others have changed. */
  force: boolean;
  /** A create takes over an object that is there. */
  upsert: boolean;
  /** Objects of a cluster that cannot be reached are dropped from the state. */
  deleteUnreachable: boolean;
}

const FLAGS: Readonly<Record<string, string>> = {
  deleteUnreachable: "PULUMI_K8S_DELETE_UNREACHABLE",
  enableConfigMapMutable: "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
  enablePatchForce: "PULUMI_K8S_ENABLE_PATCH_FORCE",
  enableSecretMutable: "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
  enableServerSideApply: "PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY",
  upsertExistingObjects: "PULUMI_K8S_UPSERT_EXISTING_OBJECTS",
};
const TEXTS = ["kubeconfig", "context", "cluster", "namespace"];
/** Settings that change nothing of what the stand-in does. */
const WITHOUT_EFFECT = [
  "clusterIdentifier",
  "kubeClientSettings",
  "suppressDeprecationWarnings",
  "suppressHelmHookWarnings",
  "version",
];

/** Takes the wrapping off secret values. */
export function unwrapped(value: Value): Value {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isProperties(value)) return value;
  if (SIGNATURE in value) return unwrapped(value["value"] ?? null);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapped(item)]));
}

/** Checks the provider's configuration: what the stand-in does not simulate is refused. */
export function checkSettings(news: Properties): Checked {
  const known = [...Object.keys(FLAGS), ...TEXTS, ...WITHOUT_EFFECT];
  const failures = Object.keys(news)
    .filter((name) => !known.includes(name) && !isOff(news[name]))
    .map((property) => ({
      property,
      reason: "the test plugin does not simulate it: leave it out",
    }));
  if (!flagOf(news, "enableServerSideApply", true)) {
    const reason = "found false; the test plugin allows: true";
    failures.push({ property: "enableServerSideApply", reason });
  }
  return { inputs: news, failures };
}

/** Reads the provider's configuration; what it leaves out comes from the environment. */
export function readSettings(config: Properties): Settings {
  const plain = unwrapped(config);
  const bag = isProperties(plain) ? plain : {};
  const text = (name: string): string => {
    const value = bag[name];
    return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  };
  return {
    kubeconfig: text("kubeconfig"),
    context: text("context"),
    cluster: text("cluster"),
    namespace: text("namespace"),
    mutable: {
      configMaps: flagOf(bag, "enableConfigMapMutable", false),
      secrets: flagOf(bag, "enableSecretMutable", false),
    },
    force: flagOf(bag, "enablePatchForce", false),
    upsert: flagOf(bag, "upsertExistingObjects", false),
    deleteUnreachable: flagOf(bag, "deleteUnreachable", false),
  };
}

/** A flag of the configuration, of the environment, or its default. Flags arrive as text. */
function flagOf(bag: Properties, name: string, otherwise: boolean): boolean {
  const given = bag[name] ?? process.env[FLAGS[name] ?? ""];
  return given === undefined ? otherwise : given === true || given === "true";
}

function isOff(value: Value | undefined): boolean {
  return value === false || value === "false" || value === "" || value === undefined;
}
