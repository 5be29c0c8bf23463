import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { httpRequest } from "../../cli/http-request";
import { stackContainers } from "../../cli/docker/stack-containers";
import { eventually, run, succeeds, whalewatch } from "./support/command";
import { docker } from "./support/containers";

const SOURCE = "e2e-promotion";
const TARGET = "e2e-promoted";
const REGISTRY = "127.0.0.1:26500";
const REPOSITORY = `${REGISTRY}/acme/api`;
const REGISTRY_CONTAINER = "whalewatch-e2e-promotion-registry";
/** A program that answers, small and on every machine that runs these tests. */
const BASE = "prom/node-exporter:v1.11.1";

const stackFile = (tag: string): string => `# Made by a live test.
config:
  whalewatch:monitoring: { enabled: false }
  whalewatch:services:
    api: # what is promoted
      image: ${REPOSITORY}:${tag} # by digest, later
      port: 9100
      health: false # nobody waits for a first check
      user: "65534:65534"
      limits: { memory: 64Mi, cpu: 0.2 }
`;
const fileOf = (stack: string): string => `Pulumi.${stack}.yaml`;
const read = (stack: string): string => readFileSync(fileOf(stack), "utf8");
/** By Pulumi alone: this is no test of what `up` checks and shows. */
async function up(stack: string): Promise<void> {
  const options = ["--stack", stack, "--yes", "--skip-preview", "--non-interactive"];
  await run("pulumi", ["stack", "init", stack]);
  await succeeds(run("pulumi", ["up", ...options]));
}
const promote = (...options: readonly string[]) =>
  whalewatch(["promote", SOURCE, TARGET, "--yes", ...options]);

/** Builds an image of its own content, and pushes it; its id. */
async function push(tag: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-"));
  try {
    writeFileSync(path.join(folder, "Dockerfile"), `FROM ${BASE}\nLABEL release=${tag}\n`);
    const image = `${REPOSITORY}:${tag}`;
    await succeeds(run("docker", ["build", "--quiet", "--tag", image, folder]));
    await succeeds(run("docker", ["push", "--quiet", image]));
    return (await docker.getImage(image).inspect()).Id;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function container(stack: string) {
  const [found] = await stackContainers(docker, { project: "whalewatch", name: stack });
  assert.ok(found, `nothing of ${stack} runs`);
  return found;
}

describe("a promotion from one stack that runs to another", { concurrency: 1 }, () => {
  let newImage: string;
  let digest: string;
  /** The files as Pulumi leaves them: its first update of a stack adds the salt of its secrets. */
  let source: string;
  let target: string;

  before(async () => {
    const publish = ["--publish", `${REGISTRY}:5000`];
    await run("docker", ["rm", "--force", "--volumes", REGISTRY_CONTAINER]);
    await succeeds(
      run("docker", [
        "run",
        "--detach",
        "--name",
        REGISTRY_CONTAINER,
        ...publish,
        "registry:2.8.3",
      ]),
    );
    await eventually(20, async () => {
      assert.equal((await httpRequest(`http://${REGISTRY}/v2/`)).status, 200);
    });
    await push("0.9.0");
    newImage = await push("1.0.0");
    const { RepoDigests } = await docker.getImage(newImage).inspect();
    digest = RepoDigests.find((known) => known.startsWith(`${REPOSITORY}@`))?.split("@")[1] ?? "";
    assert.match(digest, /^sha256:[0-9a-f]{64}$/);
    writeFileSync(fileOf(SOURCE), stackFile("1.0.0"));
    writeFileSync(fileOf(TARGET), stackFile("0.9.0"));
  });

  after(async () => {
    const down = await Promise.all(
      [SOURCE, TARGET].map((stack) =>
        whalewatch(["down", "--stack", stack, "--yes", "--delete-data"]),
      ),
    );
    for (const { code, output } of down) if (code !== 0) console.error(output);
    for (const stack of [SOURCE, TARGET]) rmSync(fileOf(stack), { force: true });
    await run("docker", ["rm", "--force", "--volumes", REGISTRY_CONTAINER]);
    for (const tag of ["0.9.0", "1.0.0"]) await run("docker", ["rmi", `${REPOSITORY}:${tag}`]);
  });

  test("what was never deployed is refused", async () => {
    const { code, output } = await promote();
    assert.equal(code, 1, output);
    assert.match(output, /e2e-promotion is not deployed, so nothing runs that could be promoted/);
  });

  test("what has just come up is refused, for that alone", async () => {
    await Promise.all([SOURCE, TARGET].map(up));
    [source, target] = [read(SOURCE), read(TARGET)];
    const { code, output } = await promote();
    assert.equal(code, 1, output);
    assert.match(output, /WARNING: e2e-promotion has no Alertmanager/);
    const reasons = output.split("\n").filter((line) => line.startsWith("  - "));
    assert.equal(reasons.length, 1, output);
    assert.match(
      reasons[0] ?? "",
      /^ {2}- api has run for \d+ min in e2e-promotion, and 1d are asked/,
    );
    assert.equal(read(TARGET), target);
  });

  test("a changed file and a digest that is gone are refused, both at once", async () => {
    writeFileSync(fileOf(SOURCE), source.replace("64Mi", "65Mi"));
    const manifest = `http://${REGISTRY}/v2/acme/api/manifests/${digest}`;
    assert.equal((await httpRequest(manifest, "DELETE")).status, 202);
    const { code, output } = await promote("--soak", "1s");
    writeFileSync(fileOf(SOURCE), source);
    await succeeds(run("docker", ["push", "--quiet", `${REPOSITORY}:1.0.0`]));

    assert.equal(code, 1, output);
    assert.match(output, /- e2e-promotion does not run what Pulumi\.e2e-promotion\.yaml declares/);
    assert.ok(output.includes(`  - ${REPOSITORY}@${digest} does not exist`), output);
    assert.equal(read(TARGET), target);
  });

  test("what is well is written by digest, and nothing else changes", async () => {
    const output = await succeeds(promote("--soak", "1s"));
    const promoted = target.replace(":0.9.0", `:1.0.0@${digest}`);
    assert.equal(read(TARGET), promoted);
    assert.match(output, /^-\s+image: .*:0\.9\.0 # by digest, later$/m);
  });

  test("an image by tag and digest is run, and no second update follows", async () => {
    await up(TARGET);
    assert.equal(
      (await docker.getContainer((await container(TARGET)).Id).inspect()).Image,
      newImage,
    );
    const preview = ["preview", "--stack", TARGET, "--expect-no-changes", "--non-interactive"];
    await succeeds(run("pulumi", preview));
  });

  test("a rollback writes back what ran before, by Pulumi's own history", async () => {
    await succeeds(whalewatch(["rollback", TARGET, "--yes"]));
    assert.equal(read(TARGET), target);
  });
});
