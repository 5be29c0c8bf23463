import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PodIndex } from "../../model/pod-index";
import { allows, type PodEnd, readNetworkPolicy, selects } from "../../model/reachability";

// Few names, so that selectors fit often, and all ways of writing one.
const NAMESPACES = ["front", "back"];
const names = fc.constantFrom("web", "api", "db");
const namespaces = fc.constantFrom(...NAMESPACES);
const labels = fc.record({ app: names, tier: fc.constantFrom("x", "y") }, { requiredKeys: [] });
const expression = fc.record({
  key: fc.constantFrom("app", "tier"),
  operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
  values: fc.array(names, { maxLength: 2 }),
});
const selector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 1 }) },
  { requiredKeys: [] },
);
const namespaceSelector = namespaces.map((team) => ({ matchLabels: { team } }));
const peer = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  namespaceSelector.map((one) => ({ namespaceSelector: one })),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc
    .constantFrom({ cidr: "10.0.0.0/30" }, { cidr: "0.0.0.0/0", except: ["10.0.0.0/31"] })
    .map((ipBlock) => ({ ipBlock })),
);
const ports = fc.array(
  fc.constantFrom<object>({}, { port: 80 }, { protocol: "UDP", port: 1, endPort: 99 }),
  { maxLength: 2 },
);
const peers = fc.array(peer, { maxLength: 3 });
const policies = fc.array(
  fc
    .record({
      namespace: namespaces,
      spec: fc.record(
        {
          podSelector: selector,
          policyTypes: fc.subarray(["Ingress", "Egress"]),
          ingress: fc.array(fc.record({ from: peers, ports }), { maxLength: 3 }),
          egress: fc.array(fc.record({ to: peers, ports }), { maxLength: 3 }),
        },
        { requiredKeys: ["podSelector"] },
      ),
    })
    .map(({ namespace, spec }) =>
      readNetworkPolicy({ kind: "NetworkPolicy", metadata: { name: "p", namespace }, spec }),
    ),
  { maxLength: 5 },
);
const pods = fc
  .array(fc.record({ namespace: namespaces, labels }), { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.map(({ namespace, labels: own }, index): PodEnd => ({
      namespace,
      namespaceLabels: { team: namespace },
      labels: Object.fromEntries(Object.entries(own)),
      address: `10.0.0.${index}`,
    })),
  );

test("finds the policies that select each pod", () => {
  fc.assert(
    fc.property(pods, policies, (all, some) => {
      const found = new PodIndex(all).policiesByPod(some);
      for (const pod of all) {
        const expected = some.filter(
          ({ metadata, spec }) =>
            metadata.namespace === pod.namespace && selects(spec.podSelector, pod.labels),
        );
        assert.deepEqual(found.get(pod), expected);
      }
    }),
  );
});

test("whom a pod does not admit gets through to it on no port, and some of the others do", () => {
  let admittedPairs = 0;
  let refusedPairs = 0;
  fc.assert(
    fc.property(pods, policies, (all, some) => {
      const index = new PodIndex(all);
      const selecting = index.policiesByPod(some);
      for (const to of all) {
        const admitted = new Set(index.admitted(selecting.get(to) ?? []));
        for (const from of all) {
          const open = [1, 80, 65_535].some((port) =>
            (["TCP", "UDP"] as const).some((protocol) =>
              allows(some, { from, to, protocol, port }),
            ),
          );
          if (open) assert.ok(admitted.has(from));
          if (open) admittedPairs += 1;
          if (!admitted.has(from)) refusedPairs += 1;
        }
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(admittedPairs > 0 && refusedPairs > 0);
});
