import assert from "node:assert/strict";
import { test } from "node:test";
import { readSettings } from "../../components/read-settings";
import { deploy } from "../support/deploy";

test("settings and secrets are told apart by namespace, structure is read, the rest stays text", async (context) => {
  const config = {
    "whalewatch:services": '{"api":{"port":8000}}',
    "whalewatch:list": "[1, 2]",
    "whalewatch:platform": "docker",
    "whalewatch:broken": "{not json",
    "whalewatch:hidden": "secret-setting",
    "secrets:token": "value",
    "secrets:blank": "  ",
    "secrets:plain": "value",
    "docker:host": "unix:///run/docker.sock",
  };
  const secretKeys = ["whalewatch:hidden", "secrets:token", "secrets:blank"];
  // The language host tells the keys of secrets in this way; the SDK has no function for it.
  process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secretKeys);
  context.after(() => {
    delete process.env["PULUMI_CONFIG_SECRET_KEYS"];
  });
  let read: unknown;
  await deploy(
    () => {
      read = readSettings("whalewatch");
    },
    { config, secretKeys },
  );
  assert.deepEqual(read, {
    project: "whalewatch",
    stack: "test",
    values: {
      services: { api: { port: 8000 } },
      list: [1, 2],
      platform: "docker",
      broken: "{not json",
      hidden: "secret-setting",
    },
    encryptedKeys: ["hidden"],
    secrets: {
      token: { encrypted: true, empty: false },
      blank: { encrypted: true, empty: true },
      plain: { encrypted: false, empty: false },
    },
  });
});
