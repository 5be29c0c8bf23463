import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RESERVED_NAMES } from "../../../model/reserved-names";
import type { Problem } from "../../../model/settings/problem";
import { settingsSchema } from "../../../model/settings/schema";
import { serviceSchema } from "../../../model/settings/service";
import { problemsOf, rawFrom, service, type Values } from "../../support/stack-settings";

type Case = readonly [title: string, values: Values, ...problems: (readonly string[])[]];

/** What a stack file with these services, and perhaps more, is told. */
function inServices(services: Values, more: Values = {}): Values {
  return { services, ...more };
}

function check([title, values, ...expected]: Case): void {
  test(title, () => {
    assert.deepEqual(
      problemsOf(rawFrom(values)),
      expected.map(([setting, found, allowed]) => ({ setting, found, allowed })),
    );
  });
}

const api = "whalewatch:services.api";
const ENV = "text, a number, true or false; a number of more than 15 digits in quotes";
const SIZE = "a size in Mi, Gi or Ti such as 512Mi or 1.5Gi, at least 1Mi, in whole Mi";
const PORT = "a whole number from 1 to 65535";
const NAME =
  "a DNS label: 1 to 40 lower-case letters, digits and hyphens, a letter first, no hyphen last";
const IMAGE =
  "an image with a fixed tag (not latest) or a digest, such as ghcr.io/acme/api:1.4.2 or ghcr.io/acme/api@sha256:…";
const USER = "numeric user and group that are not root, such as 1000:1000";
const SERVICE_KEYS = Object.keys(serviceSchema.shape).join(", ");
const SECTIONS = Object.keys(settingsSchema.shape).join(", ");

describe("keys", () => {
  const cases: Case[] = [
    [
      "a misspelt key is answered with the key that was meant",
      inServices({ api: service({ replica: 2 }) }),
      [`${api}.replica`, "an unknown setting", `did you mean "replicas"? Known: ${SERVICE_KEYS}`],
    ],
    [
      "a key like no other is answered with the keys that exist",
      inServices({ api: service({ xyzzy: 2 }) }),
      [`${api}.xyzzy`, "an unknown setting", SERVICE_KEYS],
    ],
    [
      "a misspelt section is answered with the section that was meant",
      { postgress: {} },
      ["whalewatch:postgress", "an unknown setting", `did you mean "postgres"? Known: ${SECTIONS}`],
    ],
    [
      "a key deep in a section that has a default is known by its place",
      { exporters: { redis: { limit: {} } } },
      [
        "whalewatch:exporters.redis.limit",
        "an unknown setting",
        'did you mean "limits"? Known: enabled, image, limits, user',
      ],
    ],
  ];
  cases.forEach(check);
});

describe("values", () => {
  const cases: Case[] = [
    [
      "a decimal unit is refused",
      { postgres: { storage: "512M" } },
      ["whalewatch:postgres.storage", '"512M"', SIZE],
    ],
    [
      "a size that is no whole number of MiB is refused",
      { host: { memory: "0.1Ti" } },
      ["whalewatch:host.memory", '"0.1Ti"', SIZE],
    ],
    ...[0, 65_536, 80.5, -1, "8000", null].map((port): Case => [
      `port ${JSON.stringify(port)} is refused, once`,
      inServices({ api: service({ port }) }),
      [`${api}.port`, JSON.stringify(port), PORT],
    ]),
    [
      "a published port out of range is refused",
      inServices({ api: service({ publish: { port: 70_000 } }) }),
      [`${api}.publish.port`, "70000", PORT],
    ],
    [
      "a published address that is no IPv4 address is refused",
      inServices({ api: service({ publish: { port: 80, address: "localhost" } }) }),
      [
        `${api}.publish.address`,
        '"localhost"',
        "an IPv4 address of this host, 127.0.0.1 unless others must reach it",
      ],
    ],
    ...["Api", "my_api", "-api", "api-", "1api", "", "a".repeat(41), "a.b"].map((name): Case => [
      `the name ${JSON.stringify(name)} is refused: it is no DNS label`,
      inServices({ [name]: service() }),
      [`whalewatch:services.${name}`, `the name "${name}"`, NAME],
    ]),
    ...["api", "acme/api", "api:latest", "ghcr.io/acme/api:latest", "localhost:5000/api", 1].map(
      (image): Case => [
        `the image ${image} is refused: tomorrow it may be another one`,
        inServices({ api: service({ image }) }),
        [`${api}.image`, JSON.stringify(image), IMAGE],
      ],
    ),
    ...["0:0", "root", "0:1000", "1000", 1000].map((user): Case => [
      `the user ${user} is refused`,
      inServices({ api: service({ user }) }),
      [`${api}.user`, JSON.stringify(user), USER],
    ]),
    [
      "a number in env that is rounded when it is read is refused",
      inServices({ api: service({ env: { ACCOUNT: Number.MAX_SAFE_INTEGER + 1 } }) }),
      [`${api}.env.ACCOUNT`, "9007199254740992", ENV],
    ],
    [
      "a Secret for pulling images that is named twice is refused, as an API server would",
      { platform: "kubernetes", kubernetes: { imagePullSecrets: ["registry", "registry"] } },
      ["whalewatch:kubernetes.imagePullSecrets", '["registry","registry"]', "each name once"],
    ],
    [
      "a service that is no mapping is told what it needs",
      inServices({ api: 5 }),
      [api, "5", "a mapping with at least image and limits"],
    ],
    [
      "a service without limits is refused: nothing runs unlimited",
      inServices({ api: { image: "example/api:1", port: 80 } }),
      [`${api}.limits`, "nothing", "memory and cpu, such as { memory: 256Mi, cpu: 0.5 }"],
    ],
    [
      "a kind that does not exist is one problem, whether or not it has a port",
      inServices({ api: service({ kind: "job", port: undefined }) }),
      [`${api}.kind`, '"job"', "api, web or worker"],
    ],
  ];
  cases.forEach(check);
});

describe("names that the stack uses itself", () => {
  for (const name of RESERVED_NAMES) {
    check([
      `no service may be called ${name}`,
      inServices({ [name]: service() }),
      [
        `whalewatch:services.${name}`,
        `the name "${name}"`,
        `any name but ${RESERVED_NAMES.join(", ")}, which the stack itself uses`,
      ],
    ]);
  }
});

describe("what is well", () => {
  const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
  const cases: Case[] = [
    ...[
      `ghcr.io/acme/api@${digest}`,
      `ghcr.io/acme/api:1.4@${digest}`,
      "localhost:5000/api:1",
      "registry.example.com:5000/team/sub/api:v1.2.3-rc.1",
      "api:latest-alpine",
    ].map((image): Case => [`image ${image}`, inServices({ api: service({ image }) })]),
    ["a worker without a port", inServices({ w: service({ kind: "worker", port: undefined }) })],
    ["a web service with a port", inServices({ w: service({ kind: "web" }) })],
    ["the ports at both ends", inServices({ api: service({ port: 1, publish: 65_535 }) })],
    ["a group 0 beside a user that is not root", inServices({ api: service({ user: "472:0" }) })],
    [
      "a service that needs a later one",
      inServices({ a: service({ needs: ["b"] }), b: service() }),
    ],
    ["no setting at all", {}],
  ];
  for (const [title, values] of cases) check([`${title} is no problem`, values]);
});

test("no message is in the words of the schema library", () => {
  const values = {
    platform: "swarm",
    host: 1,
    monitoring: "off",
    services: {
      a: { ...service(), build: true, command: "run", env: [], secrets: 1, needs: {}, volumes: 1 },
      b: { ...service(), build: { context: 1, dockerfile: 2 }, command: [], env: { x: null } },
      c: { ...service(), volumes: { data: 1 }, readOnlyRoot: "no", stopGrace: 30, health: 1 },
      d: { ...service(), volumes: { data: {} }, healthCommand: [1], secrets: [1], needs: [1] },
    },
    postgres: { maxConnections: 1, database: 1, enabled: 1, image: 1, limits: 1, user: 1 },
    redis: { maxmemoryPolicy: "none", storage: 1 },
    prometheus: [],
    grafana: { publish: "3000" },
    exporters: { blackbox: 1, postgres: "off" },
  };
  const problems = problemsOf(rawFrom(values));
  assert.ok(problems.length > 30, `${problems.length} problems`);
  const foreign = problems.filter(({ allowed }: Problem) => /invalid|expected/i.test(allowed));
  assert.deepEqual(foreign, []);
});
