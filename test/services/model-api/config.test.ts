import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { ConfigError } from "../../../services/model-api/src/config/config-error.js";
import { loadConfig } from "../../../services/model-api/src/config/load-config.js";
import { readPassword } from "../../../services/model-api/src/stores/read-password.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const file = join(temporaryFolder({ after }), "password");
writeFileSync(file, "first\n");

test("an empty environment runs alone on the defaults", () => {
  assert.deepEqual(loadConfig({ REDIS_HOST: "", PORT: "" }), {
    host: "0.0.0.0",
    port: 8000,
    modelName: "efficientnet-v1",
    logLevel: "info",
    postgres: undefined,
    redis: undefined,
  });
});

test("everything can be set", () => {
  const config = loadConfig({
    PORT: "9000",
    HOST: "127.0.0.1",
    MODEL_NAME: "resnet-v1",
    LOG_LEVEL: "debug",
    POSTGRES_HOST: "db",
    POSTGRES_PASSWORD_FILE: file,
    REDIS_HOST: "cache",
    REDIS_PORT: "6380",
  });
  assert.deepEqual(config, {
    host: "127.0.0.1",
    port: 9000,
    modelName: "resnet-v1",
    logLevel: "debug",
    postgres: { host: "db", port: 5432, database: "app", user: "app", passwordFile: file },
    redis: { host: "cache", port: 6380, passwordFile: undefined },
  });
});

test("all problems are told at once, each with its variable", () => {
  const variables = {
    PORT: "80a",
    MODEL_NAME: "vgg",
    LOG_LEVEL: "loud",
    POSTGRES_PORT: "70000",
    REDIS_PORT: "0",
    POSTGRES_PASSWORD_FILE: "/no/such/file",
    REDIS_PASSWORD_FILE: "/no/such/file",
  };
  assert.throws(
    () => loadConfig(variables),
    (error) => {
      assert.ok(error instanceof ConfigError);
      const named = error.problems.map((problem) => problem.split(":")[0]);
      assert.deepEqual(new Set(named), new Set(Object.keys(variables)));
      return true;
    },
  );
});

test("a password is read anew each time, without its line end", async () => {
  assert.equal(await readPassword(file), "first");
  writeFileSync(file, " second\r\n");
  assert.equal(await readPassword(file), " second");
});
