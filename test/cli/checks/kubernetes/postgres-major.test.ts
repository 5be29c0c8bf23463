import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRunningPostgres } from "../../../../cli/checks/kubernetes/postgres-major";
import { ApiError } from "../../../../cli/kubernetes/api/cluster-api";
import { declareStack } from "../../../support/declared-stack";
import { FakeCluster } from "../../kubernetes/fake-cluster";

const PATH = "/apis/apps/v1/namespaces/whalewatch-try-stores/statefulsets/postgres";
const stack = declareStack({
  platform: "kubernetes",
  kubernetes: { context: "lab" },
  monitoring: { enabled: false },
  postgres: { image: "postgres:19.0" },
});
const running = (image: string) => ({
  spec: { template: { spec: { containers: [{ name: "postgres", image }] } } },
});

for (const [name, answers, problems] of [
  ["a server of the same version", { [PATH]: running("postgres:19.1") }, 0],
  ["a server of an older version", { [PATH]: running("mirror.example.com/postgres:18.6") }, 1],
  ["no server yet", {}, 0],
  ["a server that one may not see", { [PATH]: new ApiError("forbidden", 403) }, 0],
] as const) {
  test(`${name}: ${problems} in the way of PostgreSQL 19`, async () => {
    const obstacles = await checkRunningPostgres(new FakeCluster(answers), stack);
    assert.equal(obstacles.length, problems);
    assert.ok(obstacles.every(({ problem }) => /the data is of PostgreSQL 18/.test(problem)));
  });
}
