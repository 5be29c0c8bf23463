import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";
import { z } from "zod";
import { allReady, kubectl, type Pod, pods } from "../support/cluster";
import { run, succeeds } from "../support/command";
import { LAB_IMAGES, TIERS } from "../support/prod-stack";

/** What prod renders to, as each commit has it. */
const RENDERED = "test/golden/kubernetes/prod";
const RELEASE = readFileSync(path.join(__dirname, "previous-release"), "utf8").trim();
const STORES = "whalewatch-prod-stores";

const controller = z.object({
  kind: z.enum(["Deployment", "StatefulSet", "DaemonSet"]),
  metadata: z.object({ name: z.string() }),
  spec: z.object({ replicas: z.number().default(1), template: z.unknown() }),
});

/** One version's manifests, with the lab's images, ready to be applied as SECRETS.md says. */
class Render {
  constructor(readonly folder: string) {
    for (const file of this.files) {
      let text = readFileSync(file, "utf8");
      for (const [image, ours] of Object.entries(LAB_IMAGES)) {
        text = text.replaceAll(`image: ${image}\n`, `image: ${ours}\n`);
      }
      writeFileSync(file, text);
    }
  }

  get files(): string[] {
    const folder = path.join(this.folder, "manifests");
    return readdirSync(folder).map((name) => path.join(folder, name));
  }

  /** Each pod template, by the workload's name. */
  get templates(): ReadonlyMap<string, string> {
    return new Map(
      this.controllers.map(({ metadata, spec }) => [metadata.name, JSON.stringify(spec.template)]),
    );
  }

  get replicas(): ReadonlyMap<string, number> {
    return new Map(this.controllers.map(({ metadata, spec }) => [metadata.name, spec.replicas]));
  }

  /** Makes the Secrets by the guide's own commands, then applies everything. */
  async apply(values: string): Promise<string> {
    const guide = readFileSync(path.join(this.folder, "SECRETS.md"), "utf8");
    const commands = /```bash\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
    const inFolder = `cd '${this.folder}'\n${commands}`;
    await succeeds(run("bash", ["-c", inFolder], { VALUES: values }));
    const args = ["apply", "--server-side", "--force-conflicts", "-R", "-f"];
    return succeeds(run("kubectl", [...args, path.join(this.folder, "manifests")]));
  }

  private get controllers(): z.output<typeof controller>[] {
    return this.files.flatMap(
      (file) => controller.safeParse(parse(readFileSync(file, "utf8"))).data ?? [],
    );
  }
}

const psql = async (sql: string): Promise<string> => {
  const login = ["-h", "/var/run/postgresql", "-U", "postgres", "-d", "app", "-tAc", sql];
  return (
    await kubectl("exec", "-n", STORES, "statefulset/postgres", "--", "psql", ...login)
  ).trim();
};

const isHere = (): boolean => {
  try {
    execFileSync("git", ["cat-file", "-e", `${RELEASE}^{commit}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
const skip = isHere()
  ? false
  : `the commit ${RELEASE} of the previous release is not in this clone (git fetch --unshallow)`;
if (skip !== false) console.error(`SKIPPED: the upgrade from the previous release: ${skip}`);

describe(`the render of ${RELEASE.slice(0, 7)} becomes today's`, { concurrency: 1, skip }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-upgrade-"));
  const values = path.join(folder, "values");
  let previous: Render;
  let present: Render;
  let earlier: Pod[];

  before(() => {
    const archive = execFileSync("git", ["archive", RELEASE, RENDERED], { maxBuffer: 2 ** 27 });
    execFileSync("tar", ["-x", "-C", folder], { input: archive });
    previous = new Render(path.join(folder, RENDERED));
    cpSync(RENDERED, path.join(folder, "present"), { recursive: true });
    present = new Render(path.join(folder, "present"));
  });

  after(async () => {
    const names = TIERS.map((tier) => `whalewatch-prod-${tier}`);
    await kubectl("delete", "namespace", ...names, "--ignore-not-found");
    const ours = "app.kubernetes.io/instance=whalewatch-prod";
    await kubectl("delete", "clusterroles,clusterrolebindings", "-l", ours);
    rmSync(folder, { recursive: true });
  });

  test("the previous release runs from its own manifests and guide", async () => {
    // That release's guide made the last of its namespaces alone.
    for (const file of previous.files.filter((name) => path.basename(name).startsWith("00-"))) {
      await kubectl("apply", "--server-side", "-f", file);
    }
    await previous.apply(values);
    earlier = await allReady(240, previous.replicas, "prod");
    await psql("CREATE TABLE keepsake AS SELECT generate_series(1, 1000) AS n");
  });

  test("the API server takes every change, and pods are ready after it", async () => {
    const applied = await present.apply(values);
    assert.doesNotMatch(applied, /error|immutable|Forbidden/i);
    await allReady(240, present.replicas, "prod");
  });

  test("what did not change went on running; data is kept", async () => {
    const changed = [...previous.templates.keys()].filter(
      (name) => previous.templates.get(name) !== present.templates.get(name),
    );
    for (const name of changed) {
      const [kind] = present.files.filter((file) => file.includes(`-${name}.yaml`));
      assert.ok(kind !== undefined, `${name} is no longer declared`);
    }
    const uids = new Set((await pods("prod")).map(({ uid }) => uid));
    const gone = earlier.filter(({ uid }) => !uids.has(uid)).map(({ workload }) => workload);
    console.log(`rolled: ${changed.length === 0 ? "nothing" : changed.join(", ")}`);
    assert.deepEqual([...new Set(gone)].sort(), changed.sort());
    assert.equal(await psql("SELECT count(*) FROM keepsake"), "1000");
  });
});
