import assert from "node:assert/strict";
import { test } from "node:test";
import { letGo, noLongerDeclared } from "../../../cli/pulumi/let-go";
import { UserError } from "../../../cli/user-error";

const VOLUME = "urn:pulumi:dev::whalewatch::docker:index/volume:Volume::redis-data";
const PASSWORD = "urn:pulumi:dev::whalewatch::random:index/randomPassword:RandomPassword::redis";
const CONTAINER = "urn:pulumi:dev::whalewatch::docker:index/container:Container::redis-container";
const state = {
  resources: [
    { urn: VOLUME, type: "docker:index/volume:Volume", id: "v", protect: true },
    { urn: PASSWORD, type: "random:index/randomPassword:RandomPassword", id: "p", protect: true },
    { urn: CONTAINER, type: "docker:index/container:Container", id: "c", protect: false },
  ],
};

for (const [title, declared, expected] of [
  ["all is declared still", [VOLUME, PASSWORD, CONTAINER], []],
  ["a container alone is declared no longer", [VOLUME, PASSWORD], []],
  ["a volume is declared no longer", [PASSWORD, CONTAINER], [VOLUME]],
  ["nothing is declared any more", [], [VOLUME, PASSWORD]],
] as const) {
  test(`${title}: ${expected.length} to be asked about`, () => {
    const leaving = noLongerDeclared(state, new Set<string>(declared));
    assert.deepEqual(
      leaving.map(({ urn }) => urn),
      expected,
    );
  });
}

async function lettingGo(declared: readonly string[], agreed: boolean): Promise<string[]> {
  const calls: string[] = [];
  const run = (args: readonly string[]): Promise<void> => {
    calls.push(args.join(" "));
    return Promise.resolve();
  };
  await letGo({
    pulumi: { run },
    stack: "dev",
    state,
    declared: new Set(declared),
    agreed,
    unattended: true,
  });
  return calls;
}

test("without a word from anybody nothing is let go, and it is said what it would be", async () => {
  await assert.rejects(
    lettingGo([CONTAINER], false),
    new UserError(`Pulumi.dev.yaml no longer declares what holds data, or opens it:
  Volume redis-data: stays where it is, and the stack forgets it
  password redis: lost; bring away first what it alone opens
Nothing was changed. Declare it again, or let it go: npm run up -- --stack dev --let-go`),
  );
});

test("what is agreed to loses its protection, and nothing else does", async () => {
  assert.deepEqual(await lettingGo([PASSWORD], true), [
    `state unprotect ${VOLUME} --stack dev --yes`,
  ]);
  assert.deepEqual(await lettingGo([VOLUME, PASSWORD], true), []);
});
