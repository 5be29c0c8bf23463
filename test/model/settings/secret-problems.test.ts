import assert from "node:assert/strict";
import { test } from "node:test";
import {
  problemsOf,
  rawFrom,
  rawFromYaml,
  service,
  type Values,
} from "../../support/stack-settings";

const settings = (values: Values): string => JSON.stringify({ config: values });
const remedy = (name: string): string =>
  `a value set with "pulumi config set --secret secrets:${name}"`;

for (const [title, stored, found] of [
  ["an empty secret", { secure: "" }, "an empty secret"],
  ["a secret in plain text", "hunter2", "a value in plain text"],
  ["an empty secret in plain text", "", "a value in plain text"],
] as const) {
  test(`${title} is refused without being shown`, () => {
    assert.deepEqual(problemsOf(rawFromYaml(settings({ "secrets:token": stored }))), [
      { setting: "secrets:token", found, allowed: remedy("token") },
    ]);
  });
}

test("an encrypted secret is well, used or not", () => {
  const raw = rawFromYaml(
    settings({
      "secrets:token": { secure: "AAAA" },
      "secrets:spare": { secure: "BBBB" },
      "whalewatch:services": { api: service({ secrets: ["token"] }) },
    }),
  );
  assert.deepEqual(problemsOf(raw), []);
});

for (const name of ["token", "toString", "constructor"]) {
  test(`the secret ${name} that the stack does not have is refused`, () => {
    const values = { services: { api: service({ secrets: [name] }) } };
    assert.deepEqual(problemsOf(rawFrom(values, ["other"])), [
      {
        setting: "whalewatch:services.api.secrets",
        found: `"${name}", which the stack does not have`,
        allowed: `a name set with "pulumi config set --secret secrets:${name}"`,
      },
    ]);
  });
}

for (const [secrets, found] of [
  [
    ["apiKey", "api-key"],
    '"api-key", whose file or variable API_KEY_FILE is also that of "apiKey"',
  ],
  [["redis"], '"redis", whose file or variable REDIS_FILE is also that of redis\'s password'],
  [
    ["postgres-app"],
    '"postgres-app", whose file or variable POSTGRES_APP_FILE is also that of postgres\'s password',
  ],
  [
    ["redisPassword"],
    '"redisPassword", whose file or variable REDIS_PASSWORD_FILE is also that of redis\'s password',
  ],
] as const) {
  test(`the secrets ${secrets.join(" and ")} are refused where one would hide another`, () => {
    const api = service({ secrets, needs: ["postgres", "redis"] });
    const values = { services: { api }, postgres: {}, redis: {} };
    assert.deepEqual(problemsOf(rawFrom(values, secrets)), [
      { setting: "whalewatch:services.api.secrets", found, allowed: "a secret of another name" },
    ]);
  });
}

test("a secret may be called redis where the service has no other file of that name", () => {
  const values = { services: { api: service({ secrets: ["redis"] }) } };
  assert.deepEqual(problemsOf(rawFrom(values, ["redis"])), []);
});

for (const variable of [
  "PASSWORD",
  "DB_PASSWORD",
  "db_passwd",
  "TELEGRAM_TOKEN",
  "API_KEY",
  "OPENAI_APIKEY",
  "SECRET",
  "SECRET_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "GOOGLE_CREDENTIALS",
]) {
  test(`${variable} in the environment is refused without its value`, () => {
    const values = { services: { api: service({ env: { [variable]: "hunter2" } }) } };
    assert.deepEqual(problemsOf(rawFrom(values)), [
      {
        setting: `whalewatch:services.api.env.${variable}`,
        found: "what looks like a secret in plain text",
        allowed:
          'a stack secret: "pulumi config set --secret secrets:NAME", then NAME in whalewatch:services.api.secrets; the program reads the file named by NAME_FILE',
      },
    ]);
  });
}

test("variables that only sound like secrets are well", () => {
  const env = { PASSWORD_FILE: "/run/secrets/p", TOKENS: 4, KEYBOARD: "de", MAX_TOKENS: 512 };
  assert.deepEqual(problemsOf(rawFrom({ services: { api: service({ env }) } })), []);
});

for (const key of ["platform", "services", "telegramToken"]) {
  test(`an encrypted whalewatch:${key} is one problem, and its decrypted value is never shown`, () => {
    // Pulumi hands the program decrypted values.
    const raw = { ...rawFrom({ [key]: "hunter2" }), encryptedKeys: [key] };
    assert.deepEqual(problemsOf(raw), [
      {
        setting: `whalewatch:${key}`,
        found: "an encrypted value",
        allowed:
          'plain settings; keep the secret with "pulumi config set --secret secrets:NAME" and name it in a service\'s secrets',
      },
    ]);
  });
}
