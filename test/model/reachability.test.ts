import assert from "node:assert/strict";
import { test } from "node:test";
import { allows, type PodEnd, readNetworkPolicy } from "../../model/reachability";

const pod = (namespace: string, labels: Record<string, string>, address: string): PodEnd => ({
  namespace,
  namespaceLabels: { team: namespace },
  labels,
  address,
});
const web = pod("front", { app: "web", tier: "x" }, "10.0.0.1");
const other = pod("front", { app: "other" }, "10.0.0.2");
const api = pod("back", { app: "api" }, "10.0.0.3");
const webOfBack = pod("back", { app: "web" }, "10.0.0.4");
const ENDS = { web, other, api, webOfBack, cloud: { address: "8.8.8.8" } };
type Name = keyof typeof ENDS;

const policy = (namespace: string, spec: object) =>
  readNetworkPolicy({ kind: "NetworkPolicy", metadata: { name: "p", namespace }, spec });
const toApi = (ingress: readonly object[], more: object = {}) => [
  policy("back", { podSelector: { matchLabels: { app: "api" } }, ingress, ...more }),
];
const fromWeb = (egress: readonly object[], more: object = { policyTypes: ["Egress"] }) => [
  policy("front", { podSelector: { matchLabels: { app: "web" } }, egress, ...more }),
];
const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const team = (name: string) => ({ namespaceSelector: { matchLabels: { team: name } } });

const CASES: readonly {
  readonly rule: string;
  readonly policies: ReturnType<typeof toApi>;
  readonly to?: Name;
  /** Who gets through on TCP 80. */
  readonly open: readonly Name[];
  readonly port?: number;
  readonly protocol?: "TCP" | "UDP";
}[] = [
  { rule: "no policy at all", policies: [], open: ["web", "other", "webOfBack", "cloud"] },
  {
    rule: "a policy of another namespace",
    policies: [policy("front", { podSelector: {} })],
    open: ["web", "other", "webOfBack", "cloud"],
  },
  {
    rule: "a policy that selects another pod",
    policies: [policy("back", app("db"))],
    open: ["web", "other", "webOfBack", "cloud"],
  },
  { rule: "no ingress rule", policies: toApi([]), open: [] },
  {
    rule: "an empty selector selects every pod of its namespace",
    policies: [policy("back", { podSelector: {} })],
    open: [],
  },
  {
    rule: "a rule without peers lets all in",
    policies: toApi([{}]),
    open: ["web", "other", "webOfBack", "cloud"],
  },
  {
    rule: "a pod selector alone means its own namespace",
    policies: toApi([{ from: [app("web")] }]),
    open: ["webOfBack"],
  },
  {
    rule: "a namespace selector alone means all its pods",
    policies: toApi([{ from: [team("front")] }]),
    open: ["web", "other"],
  },
  {
    rule: "both selectors in one entry must both hold",
    policies: toApi([{ from: [{ ...team("front"), ...app("web") }] }]),
    open: ["web"],
  },
  {
    rule: "two entries are alternatives",
    policies: toApi([{ from: [team("front"), app("web")] }]),
    open: ["web", "other", "webOfBack"],
  },
  {
    rule: "an empty namespace selector means every namespace",
    policies: toApi([{ from: [{ namespaceSelector: {}, ...app("web") }] }]),
    open: ["web", "webOfBack"],
  },
  {
    rule: "a port of the list",
    policies: toApi([{ from: [team("front")], ports: [{ port: 79 }, { port: 80 }] }]),
    open: ["web", "other"],
  },
  {
    rule: "a port that is not in the list",
    policies: toApi([{ ports: [{ port: 79 }] }]),
    open: [],
  },
  {
    rule: "a range of ports",
    policies: toApi([{ ports: [{ port: 70, endPort: 80 }] }]),
    open: ["web", "other", "webOfBack", "cloud"],
  },
  {
    rule: "just past a range",
    policies: toApi([{ ports: [{ port: 70, endPort: 79 }] }]),
    open: [],
  },
  {
    rule: "another protocol",
    policies: toApi([{ ports: [{ protocol: "UDP", port: 80 }] }]),
    open: [],
  },
  {
    rule: "that protocol",
    policies: toApi([{ from: [team("front")], ports: [{ protocol: "UDP", port: 80 }] }]),
    protocol: "UDP",
    open: ["web", "other"],
  },
  {
    rule: "policies add up",
    policies: [...toApi([]), ...toApi([{ from: [app("web")] }])],
    open: ["webOfBack"],
  },
  {
    rule: "a policy of egress alone leaves ingress open",
    policies: toApi([], { policyTypes: ["Egress"] }),
    open: ["web", "other", "webOfBack", "cloud"],
  },
  {
    rule: "egress closes the sender alone",
    policies: fromWeb([]),
    open: ["other", "webOfBack", "cloud"],
  },
  {
    rule: "egress without policyTypes counts once it has rules",
    policies: fromWeb([{ to: [app("api")] }], {}),
    open: ["other", "webOfBack", "cloud"],
  },
  {
    rule: "without rules and policyTypes egress stays open",
    policies: fromWeb([], {}),
    open: ["web", "other", "webOfBack", "cloud"],
  },
  {
    rule: "egress and ingress must both allow: egress does not",
    policies: [...fromWeb([{ to: [app("api")] }]), ...toApi([{ from: [team("front")] }])],
    open: ["other"],
  },
  {
    rule: "egress and ingress must both allow: both do",
    policies: [
      ...fromWeb([{ to: [{ ...team("back"), ...app("api") }] }]),
      ...toApi([{ from: [team("front")] }]),
    ],
    open: ["web", "other"],
  },
  {
    rule: "a range of addresses with a hole in it",
    policies: toApi([{ from: [{ ipBlock: { cidr: "10.0.0.0/29", except: ["10.0.0.2/32"] } }] }]),
    open: ["web", "webOfBack"],
  },
  {
    rule: "all addresses but private ones",
    policies: toApi([{ from: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }]),
    open: ["cloud"],
  },
  {
    rule: "to the internet but not to private addresses",
    policies: fromWeb([{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }]),
    to: "cloud",
    open: ["web", "other", "api", "webOfBack"],
  },
  {
    rule: "labels in a set",
    policies: toApi([
      {
        from: [
          {
            namespaceSelector: {
              matchExpressions: [{ key: "team", operator: "NotIn", values: ["back"] }],
            },
            podSelector: {
              matchExpressions: [
                { key: "tier", operator: "DoesNotExist" },
                { key: "app", operator: "In", values: ["web", "other"] },
                { key: "app", operator: "Exists" },
              ],
            },
          },
        ],
      },
    ]),
    open: ["other"],
  },
];

for (const { rule, policies, to = "api", open, protocol = "TCP", port = 80 } of CASES) {
  test(`${rule}: ${open.length > 0 ? open.join(", ") : "nobody"} gets through`, () => {
    const names: readonly Name[] = ["web", "other", "api", "webOfBack", "cloud"];
    const through = names.filter(
      (name) => name !== to && allows(policies, { from: ENDS[name], to: ENDS[to], protocol, port }),
    );
    assert.deepEqual(through, open);
  });
}

for (const [what, spec] of [
  ["a field that it does not know", { podSelector: {}, colour: "red" }],
  ["a named port", { podSelector: {}, ingress: [{ ports: [{ port: "http" }] }] }],
  ["an IPv6 range", { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "::/0" } }] }] }],
  ["a peer that says nothing", { podSelector: {}, ingress: [{ from: [{}] }] }],
  [
    "selectors beside an ipBlock",
    {
      podSelector: {},
      ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: "10.0.0.0/8" } }] }],
    },
  ],
] as const) {
  test(`${what} is refused, since passing it over would make the verdict wrong`, () => {
    assert.throws(() => policy("back", spec));
  });
}
