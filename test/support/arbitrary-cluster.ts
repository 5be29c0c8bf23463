import fc from "fast-check";
import type { Stack } from "../../model/stack";
import { resolveStack } from "../../model/resolve-stack";
import { validSettings } from "./arbitrary-settings";
import { entriesOf } from "./cluster";
import { settingsFrom } from "./stack-settings";

const ROUTES = [
  undefined,
  { kind: "ingress", className: "nginx", controllerNamespace: "ingress-nginx" },
  { kind: "gateway", name: "public", namespace: "edge", controllerNamespace: "envoy-gateway" },
];

const extras = fc.record({
  route: fc.constantFrom(...ROUTES),
  mirror: fc.boolean(),
  host: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  autoscale: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
});

/** Stacks on Kubernetes of every shape. */
export const clusterStacks: fc.Arbitrary<Stack> = fc
  .record({ settings: validSettings, extras })
  .map(({ settings: { raw }, extras: { route, mirror, host, autoscale } }) => {
    const services = entriesOf(raw.values["services"]).map(
      ([name, declared], index): [string, Record<string, unknown>] => {
        const service = Object.fromEntries(entriesOf(declared));
        if (route !== undefined && service["port"] !== undefined && host[index] === true) {
          service["host"] = `${name}.example.com`;
        }
        if (service["volumes"] === undefined && autoscale[index] === true) {
          service["autoscale"] = { maxReplicas: 20 };
        }
        return [name, service];
      },
    );
    const values = {
      ...raw.values,
      platform: "kubernetes",
      services: Object.fromEntries(services),
      // Of a Docker engine there is nothing to ask here.
      exporters: Object.fromEntries(
        entriesOf(raw.values["exporters"]).filter(([name]) => name !== "containers"),
      ),
      kubernetes: {
        ...(route && { route }),
        ...(mirror && { registryMirror: "registry.example.com/mirror" }),
      },
    };
    return resolveStack("whalewatch", "test", settingsFrom({ ...raw, values }));
  });
