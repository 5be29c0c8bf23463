import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { provisionFiles } from "../../../../configs/provision";
import { declareStack, serviceSettings } from "../../../support/declared-stack";
import { containerArgsOf } from "../../../support/docker-args";
import {
  CONTAINER,
  type PlacedEnvironment,
  placeEnvironment,
  VOLUME,
  withChangedFile,
} from "../../../support/placed-environment";

const monitored = declareStack({ services: {}, nodeExporter: { enabled: false } });
const files = provisionFiles(monitored);
const before = placeEnvironment(monitored);

const argsOf = (environment: PlacedEnvironment, name: string) =>
  containerArgsOf(environment.get(CONTAINER, name));
const volumeName = (environment: PlacedEnvironment, name: string) =>
  String(environment.get(VOLUME, name).inputs["name"]);

test("what carries files is filled, never started, and has no network", async () => {
  const { image, uploads, ...rest } = argsOf(await before, "alertmanager-files");
  assert.equal(image, argsOf(await before, "alertmanager-container").image);
  assert.deepEqual(
    uploads?.map(({ content, ...upload }) => ({ ...upload, empty: content === "" })),
    [
      {
        file: "/etc/alertmanager/alertmanager.yml",
        permissions: "0444",
        owner: "65534",
        group: "65534",
        empty: false,
      },
    ],
  );
  assert.deepEqual(
    {
      start: rest.start,
      mustRun: rest.mustRun,
      restart: rest.restart,
      networkMode: rest.networkMode,
      networksAdvanced: rest.networksAdvanced,
      readOnly: rest.readOnly,
      volumes: rest.volumes,
    },
    {
      start: false,
      mustRun: false,
      restart: "no",
      networkMode: "none",
      networksAdvanced: undefined,
      readOnly: undefined, // uploads into a read-only root fail
      volumes: [
        {
          volumeName: volumeName(await before, "alertmanager.config-files"),
          containerPath: "/etc/alertmanager",
        },
      ],
    },
  );
});

test("volumes of files come and go with their content: not protected, not retained", async () => {
  const volumes = (await before).ofType(VOLUME).filter(({ name }) => name.endsWith("-files"));
  assert.deepEqual(
    volumes.map(({ name, protect, retainOnDelete }) => [name, protect, retainOnDelete]),
    [
      "alertmanager.config-files",
      "grafana.dashboards-files",
      "grafana.datasources-files",
      "grafana.providers-files",
      "grafana.secrets-files",
      "prometheus.config-files",
    ].map((name) => [name, false, false]),
  );
});

for (const [workload, mount, restarts] of [
  ["prometheus", "config", false],
  ["grafana", "dashboards", true],
  ["grafana", "datasources", true],
  ["alertmanager", "config", true],
] as const) {
  test(`a changed ${mount} file of ${workload} ${restarts ? "replaces" : "does not touch"} its container`, async () => {
    const after = await placeEnvironment(monitored, {
      files: withChangedFile(files, workload, mount),
    });
    const [container, carrier] = [`${workload}-container`, `${workload}-files`];
    assert.notDeepEqual(argsOf(after, carrier).uploads, argsOf(await before, carrier).uploads);
    const { volumes: volumesBefore, ...restBefore } = argsOf(await before, container);
    const { volumes: volumesAfter, ...restAfter } = argsOf(after, container);
    assert.deepEqual(restAfter, restBefore);
    const changed = volumesAfter.filter(
      ({ volumeName }, index) => volumeName !== volumesBefore[index]?.volumeName,
    );
    const name = `${workload}.${mount}-files`;
    assert.deepEqual(
      changed.map((volume) => volume.volumeName),
      restarts ? [volumeName(after, name)] : [],
    );
    assert.match(
      volumeName(after, name),
      restarts
        ? new RegExp(`^whalewatch\\.try\\.${workload}\\.${mount}\\.files-[0-9a-f]{12}$`)
        : /\.config\.files$/,
    );
  });
}

const secretive = declareStack(
  { monitoring: { enabled: false }, services: { api: serviceSettings({ secrets: ["apiToken"] }) } },
  ["apiToken"],
);
const withToken = (apiToken: string) => placeEnvironment(secretive, { secrets: { apiToken } });

test("a declared secret becomes a file for its service alone, and its path a variable", async () => {
  const environment = await withToken("first-token-value");
  const { uploads } = argsOf(environment, "api-files");
  assert.deepEqual(uploads, [
    {
      file: "/run/secrets/apiToken",
      content: "first-token-value",
      permissions: "0400",
      owner: "1000",
      group: "1000",
    },
  ]);
  assert.deepEqual(environment.get(CONTAINER, "api-files").secretInputs, ["uploads"]);
  assert.deepEqual(argsOf(environment, "api-container").envs, [
    "API_TOKEN_FILE=/run/secrets/apiToken",
  ]);
});

test("a changed secret renames its volume, so that the service takes it, and tells nothing of it", async () => {
  const values = ["first-token-value", "second-token-value", "first-token-value"];
  const names: string[] = [];
  for (const value of values) {
    const environment = await withToken(value);
    const name = volumeName(environment, "api.secrets-files");
    names.push(name);
    assert.equal(argsOf(environment, "api-container").volumes[0]?.volumeName, name);
    assert.match(name, /^whalewatch\.try\.api\.secrets\.files-[0-9a-f]{12}$/);
    const unsalted = [value, JSON.stringify([["/run/secrets/apiToken"], [value]])];
    for (const algorithm of ["sha256", "sha1", "md5", "sha512"]) {
      for (const text of unsalted) {
        const digest = createHash(algorithm).update(text).digest("hex");
        assert.ok(!name.endsWith(digest.slice(0, 12)), `${algorithm} of the secret`);
      }
    }
    assert.deepEqual(environment.get(VOLUME, "api.secrets-files").secretInputs, []);
  }
  const [first, second, again] = names;
  assert.notEqual(first, second);
  assert.equal(again, first);
});
