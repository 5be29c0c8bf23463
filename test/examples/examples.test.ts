import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { checkedStack } from "../../cli/checked-stack";
import { renderFiles } from "../../cli/commands/render";
import { knownSecrets, policyResource } from "../../cli/plan/policy-resources";
import { runStackProgram } from "../../cli/run-stack-program";
import { readStackFile } from "../../cli/stack-file";
import { memoryBudget } from "../../model/budget";
import type { Stack } from "../../model/stack";
import { evaluatePolicies, today } from "../../policies/evaluate";
import { PROJECT_DIRECTORY } from "../support/declared-stack";
import { projectFile } from "../support/stack-settings";
import { temporaryFolder } from "../support/temporary-folder";

const EXAMPLES = readdirSync(path.join(PROJECT_DIRECTORY, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What each shows, as far as numbers and names tell: connections of its services, what they publish, memory. */
const SHOWN: Readonly<Record<string, ReturnType<typeof shown>>> = {
  "fastapi-streamlit": {
    services: { api: [], streamlit: ["api"] },
    pages: { api: 8080, streamlit: 8501, grafana: 3001, prometheus: 9090 },
    scraped: { api: "/metrics", streamlit: "/_stcore/metrics" },
    memoryMiB: 1728,
  },
  "ml-backend": {
    services: { backend: ["postgres"], trainer: ["postgres"] },
    pages: { backend: 8000, grafana: 3001, prometheus: 9090 },
    scraped: { backend: "/metrics", trainer: "/metrics" },
    memoryMiB: 4096,
  },
  "stream-admin": {
    services: { backend: ["postgres", "redis"], frontend: ["backend"] },
    pages: { frontend: 3000, grafana: 3001, prometheus: 9090 },
    scraped: { backend: "/metrics" },
    memoryMiB: 1664,
  },
  "vk-parser": {
    services: { "vk-parser-api": ["postgres", "redis"] },
    pages: { "vk-parser-api": 8000, alertmanager: 9093, grafana: 3001, prometheus: 9090 },
    scraped: { "vk-parser-api": "/metrics" },
    memoryMiB: 1696,
  },
};

function shown({ workloads, targets, settings }: Stack) {
  const services = workloads.filter(({ role }) => role === "service");
  const published = workloads.flatMap(({ name, ports }) =>
    ports.flatMap(({ publish }) => (publish ? [[name, publish.port] as const] : [])),
  );
  const scraped = targets.flatMap(({ workload, path: at }) =>
    services.some(({ name }) => name === workload) ? [[workload, at] as const] : [],
  );
  return {
    services: Object.fromEntries(services.map(({ name, connects }) => [name, connects])),
    pages: Object.fromEntries(published),
    scraped: Object.fromEntries(scraped),
    memoryMiB: memoryBudget(workloads, settings.host.memory).limitsMiB,
  };
}

test("there is something to expect of every example, and the page names each", () => {
  assert.deepEqual(EXAMPLES.sort(), Object.keys(SHOWN).sort());
  const named = projectFile("examples/README.md").matchAll(/\]\(([\w-]+)\/Pulumi\.dev\.yaml\)/g);
  assert.deepEqual([...named].map(([, name]) => name).sort(), EXAMPLES.sort());
});

for (const example of EXAMPLES) {
  describe(`the example ${example}, in the place of the project's own stack`, () => {
    const inPlace = (context: Parameters<typeof temporaryFolder>[0]) => {
      const folder = temporaryFolder(context, {
        "Pulumi.yaml": projectFile("Pulumi.yaml"),
        "Pulumi.dev.yaml": projectFile(`examples/${example}/Pulumi.dev.yaml`),
      });
      return { ...readStackFile(folder, "dev"), directory: PROJECT_DIRECTORY };
    };

    test("is what it says, plans, and holds to every policy", async (context) => {
      const file = inPlace(context);
      const stack = checkedStack(file);
      assert.deepEqual(shown(stack), SHOWN[example]);
      const { resources } = await runStackProgram(file);
      const { violations } = evaluatePolicies(
        resources.map(policyResource),
        { stack, secrets: knownSecrets(file) },
        today(),
      );
      assert.deepEqual(violations, []);
    });

    test("renders for Kubernetes as it is, with a proof of its connections", (context) => {
      const file = inPlace(context);
      const values = { ...file.settings.values, platform: "kubernetes" };
      const stack = checkedStack({ ...file, settings: { ...file.settings, values } });
      const files = renderFiles(stack).map(({ path: name }) => name);
      for (const { name, role } of stack.workloads) {
        if (role !== "service") continue;
        assert.ok(
          files.some((each) => each.endsWith(`-${name}.yaml`)),
          files.join("\n"),
        );
      }
    });
  });
}
