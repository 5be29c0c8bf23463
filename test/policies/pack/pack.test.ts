import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { POLICIES } from "../../../policies/policies";
import { serviceSettings } from "../../support/declared-stack";
import { RunningPack, type SentResource, WIRE_UNKNOWN } from "../../support/policy-pack";
import { projectFile } from "../../support/stack-settings";

const CONTAINER = "docker:index/container:Container";
const ROOT = "containers-must-have-a-read-only-root";
const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** As the engine sends it in the first preview: what the update makes is unknown. */
function container(changes: SentResource["properties"] = {}, name = "api-container"): SentResource {
  return {
    type: CONTAINER,
    name,
    properties: {
      name: "whalewatch.try.api",
      image: WIRE_UNKNOWN,
      labels: [{ label: "whalewatch.workload", value: name.split("-")[0] ?? "" }],
      user: "1000:1000",
      memory: 64,
      cpus: "0.25",
      readOnly: true,
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges:true"],
      networksAdvanced: [{ name: WIRE_UNKNOWN, aliases: ["api"] }],
      envs: ["LOG_LEVEL=info"],
      volumes: [
        { volumeName: WIRE_UNKNOWN, containerPath: "/run/secrets", readOnly: true },
        { volumeName: "whalewatch.try.api.data", containerPath: "/data" },
      ],
      uploads: [{ file: "/run/secrets/smtp", content: secret("correct horse") }],
      ...changes,
    },
  };
}

const volume = (protect: boolean): SentResource => ({
  type: "docker:index/volume:Volume",
  name: "api.data-volume",
  properties: { name: "whalewatch.try.api.data" },
  protect,
});

const writable = (name: string, more = "") =>
  `Container '${name}' has a writable root file system.${more}\nLet the program write to /tmp or a volume and leave readOnlyRoot out, or except the workload with the reason.`;

const SETTINGS = {
  "whalewatch:monitoring": JSON.stringify({ enabled: false }),
  "whalewatch:host": JSON.stringify({ memory: "1Gi" }),
  "whalewatch:services": JSON.stringify({
    api: serviceSettings(),
    web: serviceSettings(),
    old: serviceSettings(),
  }),
  "whalewatch:policies": JSON.stringify({
    levels: { "images-must-be-pinned": "disabled", "memory-must-fit-the-host": "advisory" },
    exceptions: [
      { rule: ROOT, workload: "web", reason: "writes beside itself", expires: "9999-12-31" },
      { rule: ROOT, workload: "old", reason: "writes beside itself", expires: "2020-01-01" },
    ],
  }),
  "secrets:smtp": "correct horse",
};

describe("the pack, asked by the engine's protocol", () => {
  let pack: RunningPack;
  before(async () => {
    pack = await RunningPack.start();
  });
  after(() => pack.stop());

  test("serves every policy at its own level, before it knows the stack", async () => {
    const levels = POLICIES.map(({ name, level }) => [name, level] as const);
    assert.deepEqual(await pack.policies(), new Map(levels));
  });

  test("refuses to judge a stack that it was told nothing of, or nothing that holds", async () => {
    await assert.rejects(
      pack.analyze(container()),
      /did not tell these policies the stack's configuration/,
    );
    await assert.rejects(
      pack.configure({ "whalewatch:host": JSON.stringify({ memory: "lots" }) }),
      /Pulumi\.try\.yaml has 1 problem; nothing was created\.\n {2}whalewatch:host\.memory: found "lots"/,
    );
    await pack.configure(SETTINGS);
  });

  test("leaves out what the stack disables", async () => {
    assert.deepEqual(await pack.analyze(container({ image: "redis" })), []);
  });

  test("says nothing of what is as it should be, unknown values and secrets about it", async () => {
    assert.deepEqual(await pack.analyze(container()), []);
    assert.deepEqual(await pack.analyzeStack([container(), volume(true)]), []);
  });

  test("says what is wrong, and what to do", async () => {
    assert.deepEqual(await pack.analyze(container({ readOnly: false })), [
      [ROOT, "mandatory", writable("api-container")],
    ]);
  });

  test("knows the stack's own secrets by their values", async () => {
    const [[policy, level, message = ""] = []] = await pack.analyze(
      container({ envs: ["MOTTO=correct horse"] }),
    );
    assert.deepEqual([policy, level], ["secrets-must-not-be-shown", "mandatory"]);
    assert.match(
      message,
      /^The env MOTTO of Container 'api-container' shows the secret secrets:smtp\.\n/,
    );
    assert.doesNotMatch(message, /correct horse/);
  });

  test("advises where a value cannot be known, and hides nothing of the rest", async () => {
    const said = await pack.analyze(container({ readOnly: WIRE_UNKNOWN, user: "0:0" }));
    assert.deepEqual(
      said.map(([policy, level]) => [policy, level]),
      [
        ["containers-must-not-run-as-root", "mandatory"],
        [ROOT, "advisory"],
      ],
    );
    assert.match(
      said[1]?.[2] ?? "",
      /^readOnly of Container 'api-container' is known after the update has begun, and judged then\./,
    );
  });

  test("heeds exceptions until they expire", async () => {
    assert.deepEqual(await pack.analyze(container({ readOnly: false }, "web-container")), []);
    assert.deepEqual(await pack.analyze(container({ readOnly: false }, "old-container")), [
      [
        ROOT,
        "mandatory",
        writable("old-container", " The exception for it expired after 2020-01-01."),
      ],
    ]);
  });

  test("judges all resources together at the end", async () => {
    const said = await pack.analyzeStack([container({ memory: 1025 }), volume(false)]);
    assert.deepEqual(
      said.map(([policy, level, message]) => [policy, level, message.split("\n")[0]]),
      [
        [
          "data-must-be-protected",
          "mandatory",
          "Volume 'api.data-volume' holds data and is not protected.",
        ],
        [
          "memory-must-fit-the-host",
          "advisory",
          "Memory limits of 1025 MiB together on a host of 1024 MiB.",
        ],
      ],
    );
  });
});

test("the pack has the version of the program that it judges", () => {
  const version = (file: string) => /"version": "([^"]+)"/.exec(projectFile(file))?.[1];
  assert.equal(version("policies/pack/package.json"), version("package.json"));
});
