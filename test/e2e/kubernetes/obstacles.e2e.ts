import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { allReady, CLUSTER_STACK, kubectl } from "../support/cluster";
import { SmallStack } from "../support/small-stack";

const NAME = `${CLUSTER_STACK}-bad`;
const NAMESPACES = ["services", "stores", "monitoring"].map((tier) => `whalewatch-${NAME}-${tier}`);
const stack = new SmallStack(NAME);
/** No registry is reached from the lab; the loopback says no at once. */
const MISSING_IMAGE = "127.0.0.1:1/missing:1";

interface Changes {
  readonly context?: string;
  readonly storageClass?: string;
  readonly image?: string;
  readonly memory?: string;
}

/** A service, a store and the prober, one thing of which is as it should not be. */
function declare({
  context = "whalewatch",
  storageClass = "standard",
  image = "whalewatch/model-api:1.0.0",
  memory = "128Mi",
}: Changes = {}): void {
  stack.declare(
    stringify({
      "whalewatch:platform": "kubernetes",
      "whalewatch:host": { memory: "4000Gi" },
      "whalewatch:kubernetes": { context, storageClass },
      "whalewatch:services": { api: { image, port: 8000, limits: { memory, cpu: 0.1 } } },
      "whalewatch:redis": {},
      ...Object.fromEntries(
        ["grafana", "alertmanager", "nodeExporter"].map((off) => [
          `whalewatch:${off}`,
          { enabled: false },
        ]),
      ),
      "whalewatch:exporters": { kubelet: { enabled: false }, kubeStateMetrics: { enabled: false } },
    }).replace(/^/gm, "  "),
  );
}

const config = z.looseObject({
  clusters: z.tuple([z.looseObject({ cluster: z.looseObject({ server: z.string() }) })]),
  users: z.tuple([z.looseObject({ user: z.unknown() })]),
});

/** An update that is not to be: what it says, while nothing is made. */
async function refusal(env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, output } = await stack.whalewatchWith(env, "up", "--yes");
  assert.equal(code, 1, output);
  assert.doesNotMatch(output, /\n\s+at /, "no stack trace");
  const ours = await kubectl(
    "get",
    "namespaces",
    "-l",
    "app.kubernetes.io/part-of=whalewatch",
    "-o",
    "name",
  );
  assert.doesNotMatch(ours, new RegExp(NAME), "nothing was made");
  return output;
}

describe("what is in the way of an up in a cluster", { concurrency: 1 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-obstacles-"));
  let kubeconfig: z.output<typeof config>;

  /** The tests' kubeconfig with another server or another user. */
  function other(change: (copy: z.output<typeof config>) => void): NodeJS.ProcessEnv {
    const copy = structuredClone(kubeconfig);
    change(copy);
    const file = path.join(folder, "kubeconfig");
    writeFileSync(file, stringify(copy), { mode: 0o600 });
    return { KUBECONFIG: file };
  }

  before(async () => {
    kubeconfig = config.parse(parse(await kubectl("config", "view", "--raw", "-o", "yaml")));
    declare();
  });
  after(async () => {
    declare();
    await stack.remove();
    await kubectl("delete", "serviceaccount", "nobody", "-n", "default", "--ignore-not-found");
    await kubectl("delete", "namespace", "--ignore-not-found", ...NAMESPACES);
    rmSync(folder, { recursive: true });
  });

  test("a context that the kubeconfig does not have: named, with those that it has", async () => {
    declare({ context: "elsewhere" });
    assert.match(
      await refusal(),
      /context is elsewhere, which the kubeconfig does not have; there are: whalewatch\./,
    );
    declare();
  });

  test("no cluster: named with its address", async () => {
    const env = other(({ clusters: [{ cluster }] }) => (cluster.server = "https://127.0.0.1:1"));
    assert.match(
      await refusal(env),
      /No cluster answers at https:\/\/127\.0\.0\.1:1 \(context whalewatch\)/,
    );
  });

  test("a user without rights: each that is missing, at once", async () => {
    await kubectl("create", "serviceaccount", "nobody", "-n", "default");
    const token = (await kubectl("create", "token", "nobody", "-n", "default")).trim();
    const env = other(({ users: [user] }) => (user.user = { token }));
    const output = await refusal(env);
    assert.match(output, /may not do what an update does\. Missing:/);
    for (const right of ["namespaces", "deployments.apps", "secrets", "networkpolicies"]) {
      assert.ok(output.includes(right), `${right} in ${output}`);
    }
  });

  test("a storage class that is not there, and memory that no node has: both at once", async () => {
    declare({ storageClass: "fastest", memory: "900Gi" });
    const output = await refusal();
    assert.match(
      output,
      /no storage class fastest for the volumes of .*redis.*; there are: standard\./,
    );
    assert.match(
      output,
      /pod of api requests \d+ MiB of memory, and the largest node has \d+ MiB/i,
    );
    declare();
  });

  test("a namespace of somebody else's is not taken over", async () => {
    const [services = ""] = NAMESPACES;
    await kubectl("create", "namespace", services);
    const output = await refusal().finally(() => kubectl("delete", "namespace", services));
    assert.match(output, /exists already and is not this program's/);
  });

  test("an image that cannot be pulled: its reason, long before the update's time is up", async () => {
    declare({ image: MISSING_IMAGE });
    const from = Date.now();
    const { code, output } = await stack.whalewatch("up", "--yes");
    console.log(`told after ${Math.round((Date.now() - from) / 1000)} s, checks and all`);
    assert.equal(code, 1, output);
    assert.match(output, /The update was stopped, since for 60 s an image could not be pulled/);
    assert.match(output, new RegExp(`api.*${MISSING_IMAGE}: the image cannot be pulled \\(`));
    // The lab's network does not heed policies, which is told before anything is made.
    assert.match(output, /accepts network policies and does not enforce them/);
  });

  test("the image corrected, the next up finishes what that one began", async () => {
    declare();
    const { code, output } = await stack.whalewatch("up", "--yes");
    assert.equal(code, 0, output);
    await allReady(
      60,
      new Map([
        ["api", 1],
        ["redis", 1],
      ]),
      NAME,
    );
  });

  test("a quota of somebody else's that an update would exceed: named with both figures", async () => {
    const [services = ""] = NAMESPACES;
    await kubectl("create", "quota", "team", "-n", services, "--hard=limits.memory=200Mi");
    declare({ memory: "300Mi" });
    const { code, output } = await stack.whalewatch("up", "--yes");
    assert.equal(code, 1, output);
    assert.match(
      output,
      /The quota team allows 200 MiB of limits\.memory in .*, and the stack needs \d+ MiB/,
    );
    declare();
  });
});
