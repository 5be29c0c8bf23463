import assert from "node:assert/strict";
import { test } from "node:test";
import { describeObstacles } from "../../../cli/checks/check";
import { checkDockerEngine } from "../../../cli/checks/docker-engine";
import { declareStack, serviceSettings } from "../../support/declared-stack";

const MIB = 1024 * 1024;

const stack = declareStack({
  monitoring: { enabled: false },
  services: {
    api: serviceSettings({ limits: { memory: "300Mi", cpu: 2 }, replicas: 3 }),
    web: serviceSettings({ limits: { memory: "100Mi", cpu: 4 } }),
  },
});

const TOO_SMALL = {
  problem: "The limits add up to 1000 MiB, and the Docker engine has 999 MiB.",
  remedy: "Give Docker more memory (Docker Desktop: Settings, Resources), or lower limits.",
};
const tooFew = (name: string, wanted: number, cores: number) => ({
  problem: `${name} may use ${wanted} cores, and the Docker engine has ${cores}.`,
  remedy: `Lower its limits.cpu to at most ${cores}.`,
});

for (const [memory, cores, expected] of [
  [1000 * MIB, 4, []],
  [1000 * MIB - 1, 4, [TOO_SMALL]],
  [1000 * MIB, 2, [tooFew("web", 4, 2)]],
  [1000 * MIB - 1, 1, [TOO_SMALL, tooFew("api", 2, 1), tooFew("web", 4, 1)]],
] as const) {
  test(`an engine with ${memory} bytes and ${cores} cores has ${expected.length} obstacles`, async () => {
    const info = () => Promise.resolve({ MemTotal: memory, NCPU: cores, Name: "engine" });
    assert.deepEqual(await checkDockerEngine({ info }, stack), expected);
  });
}

test("an engine that does not answer is told with its own words and how to start it", async () => {
  const info = () => Promise.reject(new Error("connect ENOENT /var/run/docker.sock"));
  assert.deepEqual(await checkDockerEngine({ info }, stack), [
    {
      problem: "Docker does not answer: connect ENOENT /var/run/docker.sock",
      remedy:
        "Start Docker Desktop, or on Linux run: sudo systemctl start docker. If it runs elsewhere, set DOCKER_HOST.",
    },
  ]);
});

test("obstacles are listed with their remedies below them", () => {
  const obstacles = [
    { problem: "One is missing.", remedy: "Get one." },
    { problem: "Two is broken.", remedy: "Mend it." },
  ];
  assert.equal(
    describeObstacles(obstacles),
    `Not ready; nothing was changed:
  One is missing.
    Get one.
  Two is broken.
    Mend it.`,
  );
});
