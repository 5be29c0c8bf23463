import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Stack } from "../../../../model/stack";
import { clusterStacks } from "../../../support/arbitrary-cluster";
import {
  clusterStack,
  controllersOf,
  ofKind,
  type PlainObject,
  templateOf,
  theObject,
} from "../../../support/cluster";
import { service } from "../../../support/stack-settings";

const limits = (memory: number, cpu: number) => ({ memory: `${memory}Mi`, cpu });
const monitoring = { enabled: false };

function quotaOf(stack: Stack, tier: string): unknown {
  const [quota] = ofKind(stack, "ResourceQuota").filter(({ namespace }) =>
    namespace.endsWith(`-${tier}`),
  );
  return quota?.tree.at("spec", "hard").plain;
}

test("services: all replicas, and a pod more of each, as an update rolls all of them at once", () => {
  const stack = clusterStack({
    services: {
      big: service({ limits: limits(300, 1), replicas: 2 }),
      small: service({ limits: limits(100, 0.5) }),
      kept: service({
        limits: limits(50, 0.1),
        volumes: { data: { path: "/data", storage: "1Gi" } },
      }),
      scaled: service({ limits: limits(10, 0.1), autoscale: { maxReplicas: 4 } }),
    },
    monitoring,
  });
  assert.deepEqual(quotaOf(stack, "services"), {
    // 2 x 300 + 100 + 50 + 4 x 10, and 300 + 100 + 10 to roll; what has data stops before it starts.
    "limits.memory": "1200Mi",
    "requests.memory": "1200Mi",
    "limits.cpu": "4600m",
    pods: "11",
  });
});

test("stores: their sum, and room for the largest once more", () => {
  const stack = clusterStack({
    postgres: { limits: limits(1024, 1) },
    redis: { limits: limits(256, 0.25) },
    monitoring,
  });
  assert.deepEqual(quotaOf(stack, "stores"), {
    "limits.memory": "2304Mi",
    "requests.memory": "2304Mi",
    "limits.cpu": "2250m",
    pods: "3",
  });
});

test("the host's tier has no quota, since a cluster has as many of its pods as it has nodes", () => {
  const stack = clusterStack({});
  assert.equal(quotaOf(stack, "host"), undefined);
  assert.equal(ofKind(stack, "LimitRange").length, ofKind(stack, "Namespace").length);
});

test("a container that says nothing gets little, by the LimitRange", () => {
  const stack = clusterStack({ services: { api: service() }, monitoring });
  assert.deepEqual(theObject(stack, "LimitRange", "budget").at("spec").plain, {
    limits: [
      {
        type: "Container",
        default: { memory: "64Mi", cpu: "100m" },
        defaultRequest: { memory: "64Mi", cpu: "10m" },
      },
    ],
  });
});

/** A quantity of the forms that are written here, in Mi or thousandths. */
function quantity(text: string): number {
  const [, amount, unit = ""] = /^(\d+)(Mi|m|)$/.exec(text) ?? assert.fail(`quantity ${text}`);
  assert.ok(["Mi", "m", ""].includes(unit));
  return Number(amount);
}

/** How many pods of a controller there are at most, with and without an update. */
function counts(stack: Stack, { name, kind, tree }: PlainObject): [number, number] {
  // One run at a time.
  if (kind === "CronJob") return [1, 1];

  const [scaler] = ofKind(stack, "HorizontalPodAutoscaler", name);
  const steady = scaler
    ? scaler.tree.at("spec", "maxReplicas").number
    : tree.at("spec", "replicas").number;
  return [steady, kind === "Deployment" ? steady + 1 : steady];
}

test("in every stack an update of everything at once fits the quota of each tier", () => {
  fc.assert(
    fc.property(clusterStacks, (stack) => {
      for (const { namespace, tree } of ofKind(stack, "ResourceQuota")) {
        const hard = tree.at("spec", "hard");
        const members = controllersOf(stack).filter((one) => one.namespace === namespace);
        const used = { "limits.memory": 0, "requests.memory": 0, "limits.cpu": 0, pods: 0 };
        for (const controller of members) {
          const [, most] = counts(stack, controller);
          for (const container of templateOf(controller).at("spec", "containers").list) {
            const resources = container.at("resources");
            const of = (...path: string[]): number => quantity(resources.at(...path).text) * most;
            used["limits.memory"] += of("limits", "memory");
            used["requests.memory"] += of("requests", "memory");
            used["limits.cpu"] += of("limits", "cpu");
          }
          used.pods += most;
        }
        for (const [name, amount] of Object.entries(used)) {
          const allowed = quantity(hard.at(name).text);
          assert.ok(amount <= allowed, `${namespace} ${name}: ${amount} of ${allowed}`);
        }
      }
    }),
    { numRuns: 20 },
  );
});
