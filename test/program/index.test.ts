import assert from "node:assert/strict";
import path from "node:path";
import { z } from "zod";
import { test } from "node:test";
import { canary } from "../../cli/engine/canaries";
import type { ProgramResult } from "../../cli/engine/program-run";
import { revealSecrets, SecretValue } from "../../cli/engine/wire-values";
import { plannedResources } from "../../cli/plan/planned-resources";
import { writePlan } from "../../cli/plan/write-plan";
import { provisionFiles } from "../../configs/provision";
import { planDigest } from "../../model/digest";
import { VERSION } from "../../model/version";
import { PROJECT_DIRECTORY, serviceSettings } from "../support/declared-stack";
import { filesBelow } from "../support/files-below";
import { planFormat } from "../support/plan-format";
import { plannedStacks } from "../support/planned-stacks";
import { planned } from "../support/printed-plan";
import { containersOf, passwordsOf, runSettings } from "../support/program-under-test";
import { temporaryFolder } from "../support/temporary-folder";
import { xmlFault } from "../support/xml";

/** The texts of the Secrets that a cluster gets. */
function secretsOf({ resources }: ProgramResult): { content: string }[] {
  return resources
    .filter(({ type }) => type === "kubernetes:core/v1:Secret")
    .flatMap(({ inputs }) =>
      Object.values(z.record(z.string(), z.string()).parse(revealSecrets(inputs["stringData"]))),
    )
    .map((content) => ({ content }));
}

const forward = (workload: string, port: number, inside: number): string =>
  `kubectl --context production port-forward --address 127.0.0.1 -n whalewatch-prod-monitoring service/${workload} ${port}:${inside}`;

const ADDRESSES = {
  dev: {
    "efficientnet-v1": "http://127.0.0.1:8001",
    "efficientnet-v2": "http://127.0.0.1:8002",
    "resnet-v1": "http://127.0.0.1:8003",
    prometheus: "http://127.0.0.1:9090",
    grafana: "http://127.0.0.1:3001",
    alertmanager: "http://127.0.0.1:9093",
  },
  prod: {
    "efficientnet-v1": "https://efficientnet-v1.example.com",
    "efficientnet-v2": "https://efficientnet-v2.example.com",
    "resnet-v1": "https://resnet-v1.example.com",
    prometheus: forward("prometheus", 9090, 9090),
    grafana: "https://grafana.example.com",
    alertmanager: forward("alertmanager", 9093, 9093),
  },
};

for (const name of ["dev", "prod"] as const) {
  const described = plannedStacks[name];

  test(`${name} comes to its end without a problem or an error`, async () => {
    const { run } = await described;
    const errors = run.diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual([run.exitCode, run.problems, errors], [0, [], []]);
  });

  test(`${name} exports addresses, the password as a secret, the digest of what was declared, and its own version`, async () => {
    const { run, stack } = await described;
    const { urls, grafanaPassword, digest, version, ...others } = run.outputs;
    assert.deepEqual(others, {});
    assert.deepEqual(urls, ADDRESSES[name]);
    assert.ok(grafanaPassword instanceof SecretValue);
    assert.equal(revealSecrets(grafanaPassword), passwordsOf(run).get("grafana-admin-password"));
    assert.equal(digest, planDigest(stack, provisionFiles(stack)));
    assert.equal(version, VERSION);
  });

  test(`${name}'s plan on disk has the documented format, a picture of all workloads, and no secret`, async (context) => {
    const { run, plan, files } = await described;
    const folder = temporaryFolder(context);
    const resources = plannedResources(run.resources);
    await writePlan(folder, plan, files, resources);
    const written = filesBelow(folder);
    const paths = files.map((file) => path.posix.join("files", file.workload, file.path));
    const others = ["plan.json", "resources.json", "topology.svg"];
    assert.deepEqual([...written.keys()], [...others, ...paths].sort());
    assert.deepEqual(JSON.parse(written.get("resources.json") ?? ""), resources);

    const parsed = planFormat.safeParse(JSON.parse(written.get("plan.json") ?? ""));
    assert.ok(parsed.success, parsed.error?.message);
    assert.deepEqual(parsed.data, plan);

    const svg = written.get("topology.svg") ?? "";
    assert.equal(xmlFault(svg), undefined);
    for (const workload of plan.workloads) {
      const drawn = svg.replaceAll("&#45;", "-").includes(`>${workload.name}</text>`);
      assert.ok(drawn, workload.name);
    }

    const passwords = passwordsOf(run);
    assert.equal(passwords.size, 6);
    const uploads = [
      ...containersOf(run).flatMap((container) => container.uploads),
      ...secretsOf(run),
    ];
    for (const [label, password] of passwords) {
      const used = uploads.some(({ content }) => content.includes(password));
      assert.equal(used, !label.endsWith("-digest-key"), `${label} is looked for in vain`);
      for (const { text, form } of canary(label, password).needles) {
        const leaks = [...written].filter(([, content]) => content.includes(text));
        assert.deepEqual(
          leaks.map(([file]) => file),
          [],
          `${label} ${form}`,
        );
      }
    }
  });
}

test("a second run, by the plan command, gives the same bytes in every file and prints plan.json", async (context) => {
  const [first, second] = [temporaryFolder(context), temporaryFolder(context)];
  const { run, plan, files } = await plannedStacks.dev;
  await writePlan(first, plan, files, plannedResources(run.resources));
  const options = { stack: "dev", out: second, json: true };
  const printed = await planned(context, PROJECT_DIRECTORY, options);
  const written = filesBelow(first);
  assert.deepEqual(filesBelow(second), written);
  assert.equal(`${printed}\n`, written.get("plan.json"));
});

test("a declared secret reaches its service as a file and shows nowhere", async () => {
  const run = await runSettings(
    {
      monitoring: { enabled: false },
      services: { api: serviceSettings({ secrets: ["apiToken"] }) },
    },
    { apiToken: "declared-token-value" },
  );
  assert.deepEqual([run.exitCode, run.problems], [0, []]);
  const uploads = containersOf(run).flatMap((container) => container.uploads);
  assert.deepEqual(uploads, [{ file: "/run/secrets/apiToken", content: "declared-token-value" }]);
  assert.deepEqual(Object.keys(run.outputs).sort(), ["digest", "urls", "version"]);
  assert.deepEqual(
    run.diagnostics.filter(({ severity }) => ["warning", "error"].includes(severity)),
    [],
  );
});

test("receivers' secrets reach the operator of the cluster in a Secret, and nothing else holds them", async () => {
  const run = await runSettings(
    {
      platform: "kubernetes",
      kubernetes: { context: "test" },
      services: { api: serviceSettings() },
      grafana: { enabled: false },
      prometheus: { mode: "operator", operator: { namespace: "monitoring", labels: {} } },
      alerts: { receivers: { chat: { slack: { secret: "hook" } } } },
    },
    { hook: "https://hooks.example.com/declared-value" },
  );
  assert.deepEqual([run.exitCode, run.problems], [0, []]);
  const holding = run.resources.filter(({ inputs }) =>
    JSON.stringify(revealSecrets(inputs)).includes("declared-value"),
  );
  assert.deepEqual(
    holding.map(({ type, name }) => [type, name]),
    [["kubernetes:core/v1:Secret", "alertmanager-secrets-secret"]],
  );
  const [secret] = holding;
  assert.ok(secret?.inputs["stringData"] instanceof SecretValue);
  const config = run.resources.find(({ type }) => type.endsWith(":AlertmanagerConfig"));
  assert.ok(config && config.dependencies.includes(secret.urn));
});

test("bad settings end the program with all problems before its first resource", async () => {
  const run = await runSettings({ host: { memory: "lots" }, grafana: { publsh: 3000 } });
  const errors = run.diagnostics.filter(({ severity }) => severity === "error");
  const [message = ""] = errors.map((diagnostic) => diagnostic.message);
  assert.equal(errors.length, 1);
  assert.match(message, /^Pulumi\.try\.yaml has 2 problems; nothing was created\.\n/);
  assert.match(message, /\n {2}whalewatch:host\.memory: found "lots"; allowed: /);
  assert.match(message, /\n {2}whalewatch:grafana\.publsh: found an unknown setting; allowed: /);
  assert.doesNotMatch(message, /\n\s+at /);
  assert.equal(run.exitCode, 32);
  assert.deepEqual(
    run.resources.map(({ type }) => type),
    ["pulumi:pulumi:Stack"],
  );
});
