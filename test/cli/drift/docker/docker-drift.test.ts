import assert from "node:assert/strict";
import { test } from "node:test";
import { dockerDrift } from "../../../../cli/drift/docker/docker-drift";
import { declare, ID, IMAGES, inspected, INPUTS, NETWORK_ID, URN } from "./containers";
import { type StubEngine, stubEngine, type StubFile } from "./stub-engine";

const STACK = { project: "whalewatch", name: "dev" };
const FILES_URN = "urn:pulumi:dev::whalewatch::docker:index/container:Container::api-files";
const NETWORK_URN = "urn:pulumi:dev::whalewatch::docker:index/network:Network::services-network";
const HASHED = "api.config.files-0123456789ab";
const DOCTOR = { by: "hand", command: "npm run doctor -- --stack dev --fix" };

const carrierInputs = (volumeName: string) => ({
  ...{ name: "whalewatch.dev.api.files", image: "sha256:api", mustRun: false },
  volumes: [{ containerPath: "/etc/api", volumeName }],
  uploads: [
    {
      ...{ file: "/etc/api/api.conf", content: "password=hunter2\n" },
      ...{ permissions: "0400", owner: "1000", group: "1000" },
    },
  ],
});
const carrier = (volume: string) => ({
  ...{
    Id: "files",
    Image: "sha256:api",
    State: { Running: false },
    Config: { Env: ["PATH=/bin"] },
  },
  HostConfig: { NetworkMode: "none" },
  Mounts: [{ Type: "volume", Name: volume, Destination: "/etc/api", RW: true }],
  NetworkSettings: {},
});
const network = {
  Id: NETWORK_ID,
  Internal: true,
  Options: { icc: "false" },
  Containers: { [ID]: {} },
};

/** The archive of the files as declared. */
const FOLDER: StubFile = { name: "api", type: "directory", mode: 0o755 };
const FILE: StubFile = {
  ...{ name: "api/api.conf", content: "password=hunter2\n" },
  ...{ mode: 0o100400, uid: 1000, gid: 1000 },
};

/** What is found of a stack of one container, its files and its network. */
function found(has: StubEngine, volume = HASHED) {
  const volumes = INPUTS.volumes.map((mount, index) =>
    index === 0 ? { ...mount, volumeName: volume } : mount,
  );
  const uploads = carrierInputs(volume);
  const declared = [
    declare({ ...INPUTS, volumes }),
    declare(
      { ...uploads, networkMode: "none" },
      {
        ...{ urn: FILES_URN, name: "api-files", id: "files" },
        secretInputs: new Set(["uploads"]),
      },
    ),
    declare(
      { name: "services-0123abc", internal: true, options: { icc: "false" } },
      {
        ...{ urn: NETWORK_URN, type: "docker:index/network:Network" },
        ...{ name: "services-network", id: NETWORK_ID },
      },
    ),
  ];
  const api = inspected();
  if (api.Mounts[0] !== undefined) api.Mounts[0].Name = volume;
  const engine: StubEngine = {
    containers: { [ID]: api, files: carrier(volume) },
    images: IMAGES,
    networks: { [NETWORK_ID]: network },
    archives: { "files:/etc/api": [FOLDER, FILE] },
    labelled: { containers: [ID, "files"], networks: [NETWORK_ID] },
    ...has,
  };
  return dockerDrift(stubEngine(engine), STACK, declared);
}

test("a stack as declared has no finding", async () => {
  assert.deepEqual(await found({}), []);
});

const anew = { by: "replace", urns: [FILES_URN, URN] };
for (const [what, files, sides] of [
  ["another content", [{ ...FILE, content: "open\n" }], ["its content", "differs"]],
  ["another right", [{ ...FILE, mode: 0o644 }], ["0400 1000:1000", "0644 1000:1000"]],
  ["another owner", [{ ...FILE, uid: 0, gid: 0 }], ["0400 1000:1000", "0400 0:0"]],
  ["no file", [], ["a file", "absent"]],
  ["a link", [{ ...FILE, type: "symlink", content: "" }], ["a file", "a symlink"]],
] as const) {
  test(`a file of a volume: ${what}; its carrier and its reader are made anew`, async () => {
    const [declared, there] = sides;
    assert.deepEqual(await found({ archives: { "files:/etc/api": [FOLDER, ...files] } }), [
      {
        ...{ resource: "api-files", urn: FILES_URN, property: "uploads /etc/api/api.conf" },
        ...{ declared, found: there, cause: "drift", mend: anew },
      },
    ]);
  });
}

test("a file more is deleted by hand, with its volume named", async () => {
  const archives = { "files:/etc/api": [FOLDER, FILE, { name: "api/more/x.conf" }] };
  const command = `docker run --rm -v ${HASHED}:/files busybox rm /files/more/x.conf`;
  assert.deepEqual(await found({ archives }), [
    {
      ...{ resource: "api-files", urn: FILES_URN, property: "uploads /etc/api/more/x.conf" },
      ...{ declared: "absent", found: "a file", cause: "drift" },
      mend: { by: "hand", command },
    },
  ]);
});

test("where a program reloads, its reader is left alone and files of earlier updates are none", async () => {
  const strange = { name: "api/earlier.conf" };
  const same = { "files:/etc/api": [FOLDER, FILE, strange] };
  assert.deepEqual(await found({ archives: same }, "api.config.files"), []);
  const changed = { "files:/etc/api": [FOLDER, { ...FILE, content: "" }, strange] };
  const findings = await found({ archives: changed }, "api.config.files");
  assert.deepEqual(
    findings.map(({ mend }) => mend),
    [{ by: "replace", urns: [FILES_URN] }],
  );
});

test("without its carrier the files are read where the container has them", async () => {
  const has = {
    containers: { [ID]: inspected() },
    archives: { [`${ID}:/etc/api`]: [FOLDER, { ...FILE, content: "open" }] },
    labelled: { containers: [ID], networks: [NETWORK_ID] },
  };
  const findings = await found(has);
  assert.deepEqual(
    findings.map(({ resource, property, found: there }) => `${resource} ${property} ${there}`),
    ["api-files existence absent", "api-files uploads /etc/api/api.conf differs"],
  );
});

for (const [what, changed, property, declared, there, mend] of [
  [
    "opened",
    { ...network, Internal: false },
    ...["internal", "true", "false"],
    { by: "replace", urns: [NETWORK_URN] },
  ],
  [
    "with another option",
    { ...network, Options: {} },
    ...["options icc", "false", "none"],
    { by: "replace", urns: [NETWORK_URN] },
  ],
  [
    "with a stranger on it",
    { ...network, Containers: { [ID]: {}, x: { Name: "stranger" } } },
    ...["members stranger", "absent", "joined"],
    { by: "hand", command: "docker network disconnect services-0123abc stranger" },
  ],
] as const) {
  test(`a network ${what}`, async () => {
    assert.deepEqual(await found({ networks: { [NETWORK_ID]: changed } }), [
      {
        ...{ resource: "services-network", urn: NETWORK_URN, property, declared },
        ...{ found: there, cause: "drift", mend },
      },
    ]);
  });
}

test("what is gone is told, and what carries the labels without being in the state", async () => {
  const findings = await found({
    ...{ containers: { files: carrier(HASHED) }, networks: {} },
    labelled: { containers: ["files", "lost"], networks: ["stray"] },
  });
  assert.deepEqual(
    findings.map(({ resource, property, declared, found: there, mend }) => [
      ...[resource, property, declared, there],
      mend,
    ]),
    [
      ["api-container", "existence", "exists", "absent", { by: "refresh" }],
      ["services-network", "existence", "exists", "absent", { by: "refresh" }],
      ["container name-of-lost", "existence", "not in the state", "exists", DOCTOR],
      ["network name-of-stray", "existence", "not in the state", "exists", DOCTOR],
    ],
  );
});

test("a container re-created by hand is found by its name and compared all the same", async () => {
  const api = { ...inspected(), Id: "by-hand" };
  api.Config.Env.push("TOKEN=hunter2");
  const findings = await found({
    containers: { "whalewatch.dev.api": api, files: carrier(HASHED) },
    networks: { [NETWORK_ID]: { ...network, Containers: { "by-hand": {} } } },
    labelled: { containers: ["by-hand", "files"], networks: [NETWORK_ID] },
  });
  assert.deepEqual(
    findings.map(({ property, found: there }) => `${property}: ${there}`),
    ["existence: made by somebody else", "envs TOKEN: set"],
  );
});

test("no content and no value that was found is ever told", async () => {
  const api = inspected();
  api.Config.Env.push("TOKEN=hunter3");
  const findings = await found({
    containers: { [ID]: api, files: carrier(HASHED) },
    archives: { "files:/etc/api": [FOLDER, { ...FILE, content: "password=hunter4" }] },
  });
  assert.equal(findings.length, 2);
  assert.doesNotMatch(JSON.stringify(findings), /hunter/);
});
