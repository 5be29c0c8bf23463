import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { test, type TestContext } from "node:test";
import {
  type ClearableEngine,
  clearDockerLeftovers,
  dockerLeftovers,
} from "../../../cli/docker/leftovers";
import { repairInterrupted } from "../../../cli/pulumi/repair";
import { UserError } from "../../../cli/user-error";
import { temporaryFolder } from "../../support/temporary-folder";

const FILTERS = { label: ["whalewatch.stack=whalewatch/dev"] };
const LOCK = ".pulumi/locks/organization/whalewatch/dev/4a1f.json";

interface Found {
  readonly containers?: readonly string[];
  readonly networks?: readonly string[];
  /** Containers of others on each network. */
  readonly foreign?: readonly string[];
  /** The engine takes each network for one that a container is on. */
  readonly haunted?: boolean;
  /** Ids in the state. */
  readonly known?: readonly string[];
  readonly pending?: readonly string[];
  readonly lockedBy?: number;
  /** Where the state is; a folder of its own unless given. */
  readonly backend?: string;
  readonly asked?: boolean;
}

/** Repairs a made-up stack and returns every step, in order. */
async function repair(context: TestContext, found: Found): Promise<string[]> {
  const steps: string[] = [];
  const { containers = [], networks = [], known = [], pending = [], lockedBy } = found;
  const { foreign = [], haunted = false } = found;
  const docker: ClearableEngine = {
    listContainers: (options) => {
      assert.deepEqual(options, { all: true, filters: FILTERS });
      const listed = containers.map((Id) => ({
        ...{ Id, Names: [`/whalewatch-dev-${Id}`], State: "created", Status: "Created" },
        ...{ Labels: {}, Ports: [] },
      }));
      return Promise.resolve(listed);
    },
    listNetworks: (options) => {
      assert.deepEqual(options, { filters: FILTERS });
      return Promise.resolve(networks.map((Id) => ({ Id, Name: `whalewatch-dev-${Id}` })));
    },
    getContainer: (id) => ({
      remove: (options) => {
        steps.push(`remove container ${id} ${JSON.stringify(options)}`);
        return Promise.resolve();
      },
    }),
    getNetwork: (id) => ({
      inspect: () =>
        Promise.resolve({
          Containers: Object.fromEntries(foreign.map((Name) => [Name, { Name }])),
        }),
      remove: () => {
        steps.push(`remove network ${id}`);
        return haunted ? Promise.reject(new Error("active endpoints")) : Promise.resolve();
      },
    }),
  };
  const pulumi = {
    read: () =>
      JSON.stringify({
        deployment: {
          resources: known.map((id) => ({ urn: `urn:${id}`, type: "type", id })),
          pending_operations: pending.map((type) => ({ type })),
        },
      }),
    run: (args: readonly string[]) => {
      steps.push(`pulumi ${args.join(" ")}`);
      return Promise.resolve();
    },
  };
  const lock = JSON.stringify({ pid: lockedBy, hostname: hostname() });
  const folder = temporaryFolder(context, lockedBy === undefined ? {} : { [LOCK]: lock });
  const { backend = `file://${folder}`, asked = false } = found;
  const say = (line: string) => void steps.push(`say ${line}`);
  const stack = { project: "whalewatch", name: "dev" };
  const platform = {
    leftovers: async (state: { ids: ReadonlySet<string> }) => {
      const left = await dockerLeftovers(docker, stack, state);
      return left.containers.map(({ Id }) => `container ${Id}`);
    },
    clearLeftovers: (state: { ids: ReadonlySet<string> }, tell: (line: string) => void) =>
      clearDockerLeftovers(docker, stack, state, tell),
  };
  await repairInterrupted({ pulumi, platform, backend, asked, say, stack });
  return steps;
}

test("a whole stack needs no repair: nothing is said, run or removed", async (context) => {
  const found = { containers: ["a", "b"], networks: ["n"], known: ["a", "b", "n", "volume"] };
  assert.deepEqual(await repair(context, found), []);
});

test("containers and networks that the state does not know go, each told before; no volume does", async (context) => {
  const found = { containers: ["a", "lost"], networks: ["stray", "n"], known: ["a", "n"] };
  assert.deepEqual(await repair(context, found), [
    "say Removing container whalewatch-dev-lost, which an interrupted update left behind.",
    'remove container lost {"force":true,"v":false}',
    "say Removing network whalewatch-dev-stray, which an interrupted update left behind.",
    "remove network stray",
  ]);
});

test("a network that somebody else's container is on stays, and it is said whose", async (context) => {
  await assert.rejects(
    repair(context, { networks: ["stray"], foreign: ["sink", "spy"], known: ["a"] }),
    new UserError(
      "Containers that are not the stack's are still on it: sink, spy. Take each off, then try again: docker network disconnect whalewatch-dev-stray sink",
    ),
  );
});

test("a network that the engine does not let go is told of in the engine's words", async (context) => {
  await assert.rejects(
    repair(context, { networks: ["stray"], haunted: true, known: ["a"] }),
    new UserError(
      "The engine does not remove it, though no container is on it: active endpoints. It may remember one that is gone; restart the engine, then try again.",
    ),
  );
});

for (const [pending, said] of [
  [["creating"], "1 unfinished creation"],
  [["creating", "updating", "creating"], "2 unfinished creations"],
] as const) {
  test(`${said} among ${pending.length} are cleared from the state`, async (context) => {
    assert.deepEqual(await repair(context, { pending }), [
      `say Clearing ${said} from the state.`,
      "pulumi refresh --stack dev --yes --skip-preview --clear-pending-creates --suppress-outputs",
    ]);
  });
}

test("unfinished updates are left to Pulumi, which heals them", async (context) => {
  assert.deepEqual(await repair(context, { pending: ["updating", "deleting"] }), []);
});

test("the lock of a dead process is cleared before anything else", async (context) => {
  const lockedBy = spawnSync("true").pid;
  assert.deepEqual(await repair(context, { lockedBy, containers: ["lost"], known: ["kept"] }), [
    `say Clearing the lock of process ${lockedBy} on ${hostname()}, which is gone.`,
    "pulumi cancel --stack dev --yes",
    "say Removing container whalewatch-dev-lost, which an interrupted update left behind.",
    'remove container lost {"force":true,"v":false}',
  ]);
});

test("a living update is refused with its process and the way out, and nothing is touched", async (context) => {
  const found = { lockedBy: process.pid, containers: ["lost"], pending: ["creating"] };
  await assert.rejects(repair(context, found), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(
      error.message,
      `dev is being updated by process ${process.pid} on ${hostname()}. Wait for it to end; if it is gone, run: npm run pulumi -- cancel --stack dev`,
    );
    return true;
  });
});

const UNSEEN = {
  ...{ backend: "s3://states", containers: ["a", "new"], known: ["a"], pending: ["creating"] },
} as const;

test("where no lock can be seen, what a running update may have just made is told of and stays", async (context) => {
  assert.deepEqual(await repair(context, UNSEEN), [
    "say WARNING: not in the state: container new. Either an update of dev runs elsewhere, whose lock cannot be seen from here, or one was interrupted; nothing is removed. If none runs: npm run doctor -- --stack dev --fix",
  ]);
});

test("where no lock can be seen, a repair that was asked for clears as elsewhere", async (context) => {
  assert.deepEqual(await repair(context, { ...UNSEEN, asked: true }), [
    "say Removing container whalewatch-dev-new, which an interrupted update left behind.",
    'remove container new {"force":true,"v":false}',
    "say Clearing 1 unfinished creation from the state.",
    "pulumi refresh --stack dev --yes --skip-preview --clear-pending-creates --suppress-outputs",
  ]);
});

test("where no lock can be seen, a stack that another state runs is refused all the same", async (context) => {
  const found = { ...UNSEEN, known: [] };
  await assert.rejects(
    repair(context, found),
    /^UserError: The engine runs whalewatch\/dev already/,
  );
});

test("containers of a stack that the state knows nothing of belong to somebody else's state", async (context) => {
  await assert.rejects(repair(context, { containers: ["running"] }), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(
      error.message,
      /^The engine runs whalewatch\/dev already, .* nothing was changed\./,
    );
    assert.match(error.message, /docker rm -f .*label=whalewatch\.stack=whalewatch\/dev/);
    return true;
  });
});
