import assert from "node:assert/strict";
import { test } from "node:test";
import { problemsOf, rawFrom } from "../../support/stack-settings";

const of = (stack: string, platform = "kubernetes") =>
  problemsOf({ ...rawFrom({ platform, ...(platform === "kubernetes" && CLUSTER) }), stack });
const CLUSTER = { kubernetes: { context: "test" } };

for (const [stack, namespace] of [
  ["Prod_EU.1", "whalewatch-Prod_EU.1-services"],
  ["e".repeat(42), `whalewatch-${"e".repeat(42)}-monitoring`],
] as const) {
  test(`a cluster is refused for the stack ${stack}, whose name is part of its namespaces`, () => {
    assert.deepEqual(of(stack), [
      {
        setting: "whalewatch:platform",
        found: `kubernetes for the stack ${stack} of the project whalewatch, with the namespace ${namespace}`,
        allowed:
          "a stack of another name: namespaces have lower-case letters, digits and hyphens, 63 at most",
      },
    ]);
  });
}

test("the longest name that fits is taken, and Docker takes any", () => {
  assert.deepEqual(of("e".repeat(41)), []);
  assert.deepEqual(of("Prod_EU.1", "docker"), []);
});
