import assert from "node:assert/strict";
import { test } from "node:test";
import { REDACTED, redact, redactValue } from "../../../cli/diff/redact";
import { PLANTED } from "../../support/planned-pair";

for (const [text, expected] of [
  ["token: ghp_0123456789abcdefghijABCDEFGHIJ012345 end", `token: ${REDACTED} end`],
  ["https://user:hunter2@db:5432/app", `https://user:${REDACTED}@db:5432/app`],
  ["DB_PASSWORD=hunter2hunter2", `DB_PASSWORD=${REDACTED}`],
  ['"api_key": "abcdef123456"', `"api_key": "${REDACTED}"`],
  [
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nrest",
    `${REDACTED}\nrest`,
  ],
  ["-----BEGIN PRIVATE KEY-----\nMIIE", REDACTED],
] as const) {
  test(`masked: ${JSON.stringify(text)}`, () => {
    assert.equal(redact(text), expected);
  });
}

for (const text of [
  "POSTGRES_PASSWORD_FILE=/run/secrets/postgres",
  "sum by (job) (rate(http_requests_total[5m])) > 0.05",
  "url: http://cache:6379/0",
  "image: ghcr.io/acme/api@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "at 2026-11-27T00:00:00Z",
  "password: [secret]",
]) {
  test(`left as it is: ${text}`, () => {
    assert.equal(redact(text), text);
  });
}

for (const secret of PLANTED) {
  test(`a planted ${secret.slice(0, 4)}... is masked where it stands in a file`, () => {
    const text = redact(`api_key: ${secret}\nurl: https://u:${secret}@host`);
    assert.equal(text.includes(secret), false);
  });
}

test("in a value also what is as random as a password is masked; in a file it may be anything", () => {
  const text = "SIGNED=https://store.example.com/m?sig=xK9vQ2mZ7pLr4TnW8bYc";
  assert.equal(redactValue(text), `SIGNED=https://store.example.com/m?sig=${REDACTED}`);
  assert.equal(redact(text), text);
});
