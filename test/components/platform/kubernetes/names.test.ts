import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { kebabKind } from "../../../../components/platform/kubernetes/kubernetes-object";
import { namespaceName, TIERS } from "../../../../components/platform/kubernetes/naming";
import type { Stack } from "../../../../model/stack";
import { clusterStacks } from "../../../support/arbitrary-cluster";
import {
  clusterStack,
  controllersOf,
  entriesOf,
  objectsOf,
  plainObjects,
  projectCluster,
  templateOf,
} from "../../../support/cluster";
import { service } from "../../../support/stack-settings";

const LABEL_KEY =
  /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/;
const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DNS_LABEL_1035 = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?$/;
/** An API server takes no larger ConfigMap. */
const MOST_CONFIG_BYTES = 1_048_576;
const IN_NO_NAMESPACE = ["Namespace", "ClusterRole", "ClusterRoleBinding"];
/** A pod's name is its controller's, a hash and a suffix, and its host name a DNS label. */
const LONGEST_CONTROLLER_NAME = 63 - "-0123456789-abcde".length;

/** Every name, label, key and reference of a stack that an API server would refuse. */
function faults(stack: Stack): string[] {
  const objects = plainObjects(stack);
  const ids = objects.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  const problems = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`);
  const namespaces = objects.filter(({ kind }) => kind === "Namespace").map(({ name }) => name);
  const check = (what: string, text: string, pattern: RegExp): void => {
    if (!pattern.test(text)) problems.push(`${what}: ${text}`);
  };
  for (const { kind, namespace, name, tree } of objects) {
    const id = `${kind} ${name}`;
    check(id, name, namePattern(kind));
    if (IN_NO_NAMESPACE.includes(kind)) assert.equal(namespace, "");
    else if (!namespaces.includes(namespace)) problems.push(`${id} in no namespace: ${namespace}`);
    for (const labels of [
      tree.at("metadata", "labels"),
      tree.at("spec", "template", "metadata", "labels"),
    ]) {
      for (const [key, value] of entriesOf(labels.plain)) {
        check(`${id} label`, key, LABEL_KEY);
        check(`${id} label ${key}`, String(value), LABEL_VALUE);
      }
    }
    if (kind === "ConfigMap") {
      const data = entriesOf(tree.at("data").plain);
      for (const [key] of data) check(`${id} key`, key, CONFIG_KEY);
      const bytes = Buffer.byteLength(JSON.stringify(data));
      if (bytes > MOST_CONFIG_BYTES) problems.push(`${id} has ${bytes} bytes`);
    }
  }
  for (const controller of controllersOf(stack)) {
    const { name, tree } = controller;
    if (name.length > LONGEST_CONTROLLER_NAME) problems.push(`${name} is too long for its pods`);
    const template = templateOf(controller);
    const { labels, pod } = {
      labels: template.at("metadata", "labels"),
      pod: template.at("spec"),
    };
    for (const [key, value] of entriesOf(tree.at("spec", "selector", "matchLabels").plain)) {
      if (labels.at(key).plain !== value) problems.push(`${name} does not select its own pods`);
    }
    const claims = tree
      .at("spec", "volumeClaimTemplates")
      .list.map((claim) => claim.at("metadata", "name").text);
    const volumes = [...claims, ...pod.at("volumes").list.map((one) => one.at("name").text)];
    volumes.forEach((volume) => {
      check(`${name} volume`, volume, DNS_LABEL);
    });
    if (new Set(volumes).size !== volumes.length) problems.push(`${name}: ${volumes.join()}`);
    for (const container of pod.at("containers").list) {
      check(`${name} container`, container.at("name").text, DNS_LABEL);
      const mounts = container.at("volumeMounts").list;
      const paths = mounts.map((mount) => mount.at("mountPath").text);
      if (new Set(paths).size !== paths.length) problems.push(`${name}: ${paths.join()}`);
      assert.deepEqual(mounts.map((mount) => mount.at("name").text).sort(), [...volumes].sort());
      for (const port of container.at("ports").list) {
        check(`${name} port`, port.at("name").text, PORT_NAME);
      }
    }
  }
  return problems;
}

function namePattern(kind: string): RegExp {
  if (kind === "Namespace") return DNS_LABEL;
  return kind === "Service" ? DNS_LABEL_1035 : DNS_SUBDOMAIN;
}

for (const name of ["dev", "prod"] as const) {
  test(`${name}: an API server would take every name, label and key, and each object is there once`, () => {
    assert.deepEqual(faults(projectCluster(name)), []);
  });
}

test("in every stack names and labels are valid and nothing is there twice", () => {
  fc.assert(
    fc.property(clusterStacks, (stack) => {
      assert.deepEqual(faults(stack), []);
    }),
    { numRuns: 20 },
  );
});

test("names of services like those of the platform's own objects, and the longest, are fine", () => {
  const names = [
    ...["deny-all", "tier", "budget", "default", "host", "stores", "kubernetes", "config-map"],
    "a".repeat(40),
  ];
  const volumes = { ["v".repeat(40)]: { path: "/data", storage: "1Gi" } };
  const stack = clusterStack({
    services: Object.fromEntries(names.map((name) => [name, service({ volumes })])),
  });
  assert.deepEqual(faults(stack), []);
});

for (const [project, name] of [
  ["whalewatch", "Prod"],
  ["whalewatch", "eu_west"],
  ["whalewatch", "v1.2"],
  ["whalewatch", "x".repeat(50)],
  ["-whale", "dev"],
] as const) {
  test(`stack ${name} of ${project} is refused with the reason, before anything is made`, () => {
    assert.throws(() => namespaceName({ project, name }, "monitoring"), {
      name: "RangeError",
      message: `Stack ${name} of project ${project}: found the namespace ${project}-${name}-monitoring; allowed: lower-case letters, digits and hyphens, 63 at most. Give the stack another name.`,
    });
  });
}

test("each tier has a namespace, and one kind of object a folder of words", () => {
  assert.deepEqual(
    TIERS.map((tier) => namespaceName({ project: "whalewatch", name: "prod" }, tier)),
    ["services", "stores", "monitoring", "host"].map((tier) => `whalewatch-prod-${tier}`),
  );
  const kinds = new Set(objectsOf(projectCluster("prod")).map(kebabKind));
  assert.deepEqual(
    [...kinds].sort(),
    [
      ...["config-map", "daemon-set", "deployment", "limit-range", "namespace", "network-policy"],
      ...["resource-quota", "service", "service-account", "stateful-set"],
      ...["cron-job", "ingress", "persistent-volume-claim", "pod-disruption-budget"],
      ...["cluster-role", "cluster-role-binding", "role", "role-binding"],
    ].sort(),
  );
});
