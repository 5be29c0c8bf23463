import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../../../support/temporary-folder";
import { CLUSTER_STACK, kubectl, tier } from "../../support/cluster";
import { run, succeeds, whalewatch } from "../../support/command";
import { findingLines, lookForDrift } from "../../support/drift-report";
import type { ProdStack } from "../../support/prod-stack";

/** A policy that lets everything in, as somebody in a hurry would add it. */
const OPEN_POLICY = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: {
    name: "open-for-a-moment",
    namespace: tier("stores"),
    labels: {
      "app.kubernetes.io/managed-by": "whalewatch",
      "app.kubernetes.io/part-of": "whalewatch",
      "app.kubernetes.io/instance": `whalewatch-${CLUSTER_STACK}`,
    },
  },
  spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
};

/** What is found of changes by hand, and how it is put right. */
export function drift(stack: ProdStack): void {
  const look = () => whalewatch(["drift", "--stack", CLUSTER_STACK]);

  test("finds what was changed by hand and changes nothing; the command that it names puts it right", async (context) => {
    const nothing = `${CLUSTER_STACK}: no drift. Everything is as declared.\n`;
    assert.equal(await succeeds(look()), nothing);
    const service = ["-n", tier("services"), "deployment/resnet-v1"];
    await kubectl("scale", ...service, "--replicas=1");
    const file = path.join(temporaryFolder(context), "policy.json");
    writeFileSync(file, JSON.stringify(OPEN_POLICY));
    await kubectl("apply", "-f", file);

    const { report } = await lookForDrift(CLUSTER_STACK);
    const found = findingLines(report);
    console.log(found.join("\n"));
    assert.equal(found.length, 2, found.join("\n"));
    assert.ok(found.some((line) => /resnet-v1.* spec\.replicas: 1$/.test(line)));
    assert.ok(
      found.some((line) => /NetworkPolicy .*open-for-a-moment.* existence: exists$/.test(line)),
    );
    assert.equal(await kubectl("get", ...service, "-o", "jsonpath={.spec.replicas}"), "1");

    await kubectl("delete", "-f", file);
    await succeeds(run("sh", ["-c", `${report.command ?? "false"} --yes --skip-network-probe`]));
    await stack.ready(60);
    assert.equal(await kubectl("get", ...service, "-o", "jsonpath={.spec.replicas}"), "2");
    assert.equal(await succeeds(look()), nothing);
    const checked = await succeeds(whalewatch(["doctor", "--stack", CLUSTER_STACK]));
    assert.match(checked, /: \d+ checks, all is well\.\n$/);
  });
}
