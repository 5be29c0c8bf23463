import { version } from "@pulumi/kubernetes/package.json";
import { serve } from "../protocol/serve";
import type { ResourceType } from "../protocol/resource";
import { Connection } from "./connection";
import { clusterOf } from "./kubeconfig";
import { objectType } from "./object-type";
import { checkSettings, readSettings } from "./settings";
import { parseTypeToken } from "./type-token";

// A stand-in for tests: see ../README.md.
const ending = new AbortController();
const types = new Map<string, ResourceType>();
let connection: Connection | undefined;

function connected(): Connection {
  if (connection) return connection;
  throw new Error("the provider is not configured");
}

serve({
  version,
  resources: {},

  find(type) {
    const known = types.get(type);
    if (known) return known;
    const token = parseTypeToken(type);
    if (!token) return undefined;
    const made = objectType(token, connected, ending.signal);
    types.set(type, made);
    return made;
  },

  checkConfig: checkSettings,

  diffConfig(olds, news) {
    const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
    const changed = names.filter(
      (name) => name !== "version" && JSON.stringify(olds[name]) !== JSON.stringify(news[name]),
    );
    const moved = clusterOf(readSettings(olds)) !== clusterOf(readSettings(news));
    const changes = changed.map((property) => ({
      property,
      kind: "update" as const,
      replaces: moved && ["kubeconfig", "context", "cluster"].includes(property),
    }));
    return { changes, deleteBeforeReplace: false };
  },

  async configure(config) {
    connection = await Connection.open(readSettings(config));
  },

  cancel: () => ending.abort(),
});
