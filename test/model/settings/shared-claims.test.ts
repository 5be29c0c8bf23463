import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSettings } from "../../../model/settings/parse";
import { rawFrom, service } from "../../support/stack-settings";

const volume = { path: "/data", storage: "1Gi" };
const problemsOn = (platform: string, volumeOfApi: string) => {
  const services = {
    api: service({ volumes: { [volumeOfApi]: volume } }),
    "model-api": service({ volumes: { data: volume } }),
  };
  const parsed = parseSettings(rawFrom({ platform, services }));
  return parsed.ok ? [] : parsed.problems;
};

test("two services of a cluster may not meet in one claim", () => {
  assert.deepEqual(problemsOn("kubernetes", "data-model"), [
    {
      setting: "whalewatch:services.model-api.volumes.data",
      found: "the claim data-model-api, which api has too",
      allowed: "another name for the volume, so that the two do not share their data",
    },
  ]);
});

test("names that do not meet are fine, and on Docker these do not meet", () => {
  assert.deepEqual(problemsOn("kubernetes", "data"), []);
  assert.deepEqual(problemsOn("docker", "data-model"), []);
});
