import path from "node:path";
import type { Stack } from "../../model/stack";
import type { PlatformAccess } from "../platforms/platform-access";
import type { PulumiCli } from "../pulumi/pulumi-cli";
import { findLock, locksAreSeen } from "../pulumi/stale-lock";
import { parseStackState, type StackState } from "../pulumi/stack-state";
import { type StateBackend, STATE_FOLDER } from "../pulumi/state-backend";
import { UserError } from "../user-error";
import { type Diagnosis, fail, failures, ok } from "./diagnosis";
import { checkInterrupted } from "./interrupted";
import { checkPlugins as checkPluginProcesses, orphanedPlugins } from "./orphaned-plugins";
import { checkBackend, checkFiles, checkPassphrase, unfinishedExports } from "./state";
import { checkNode, checkPlugins, checkPulumi } from "./tools";

/** What is examined. */
export interface ExamineArgs {
  readonly directory: string;
  readonly pulumi: Pick<PulumiCli, "check" | "read" | "attempt">;
  /** The environment that Pulumi runs in. */
  readonly environment: NodeJS.ProcessEnv;
  readonly backend: StateBackend;
  readonly stack: Stack;
  readonly platform: Pick<
    PlatformAccess,
    "checkAnswers" | "checkUpdate" | "diagnose" | "leftovers"
  >;
}

/** Looks at everything that the commands need, and changes nothing. */
export async function examine(args: ExamineArgs): Promise<Diagnosis[]> {
  const { directory, pulumi, environment, backend, stack, platform } = args;
  const fix = `npm run doctor -- --stack ${stack.name} --fix`;
  const silent = failures("platform", await platform.checkAnswers());
  const answers = silent.length === 0;
  const hasPulumi = pulumi.check().length === 0;
  const known = hasPulumi ? knownStack(args) : { diagnoses: [], state: undefined };
  return [
    checkNode(),
    checkPulumi(pulumi),
    checkPlugins(directory, stack.settings.platform, environment),
    ...checkBackend(backend),
    checkPassphrase(environment),
    ...known.diagnoses,
    ...silent,
    ...(answers ? await platform.diagnose() : []),
    ...(answers ? await readiness(platform) : []),
    ...(answers && hasPulumi ? [await interrupted(args, known.state, fix)] : []),
    checkPluginProcesses(orphanedPlugins(directory), fix),
    checkFiles(unfinishedExports(path.join(directory, STATE_FOLDER), stack.name), fix),
  ];
}

async function readiness(platform: Pick<PlatformAccess, "checkUpdate">): Promise<Diagnosis[]> {
  const found = failures("up", await platform.checkUpdate());
  return found.length > 0 ? found : [ok("room", "memory, CPU and ports are there for an up")];
}

/** Whether Pulumi knows the stack, and the passphrase opens its secrets. */
function knownStack({ pulumi, stack: { name } }: ExamineArgs): {
  diagnoses: Diagnosis[];
  state: StackState | undefined;
} {
  const exported = pulumi.attempt(["stack", "export", "--stack", name]);
  if (exported.status !== 0) {
    const reason = exported.stderr.trim();
    if (/no stack named/.test(reason)) {
      return { diagnoses: [ok("stack", `${name} is not made yet; up makes it`)], state: undefined };
    }
    const toDo = "Mend the way to the state: the address, the login, the network.";
    return { diagnoses: [fail("stack", reason, toDo)], state: undefined };
  }
  const state = parseStackState(exported.stdout);
  const opened = pulumi.attempt(["stack", "output", "--json", "--show-secrets", "--stack", name]);
  if (opened.status !== 0) {
    const toDo = "Set the passphrase (or log in to the key service) that the stack was made with.";
    const diagnosis = fail("secrets", opened.stderr.trim(), toDo);
    return { diagnoses: [diagnosis], state };
  }
  const made = `${name} has ${state.resources.length} resources, and its secrets can be opened`;
  return { diagnoses: [ok("stack", made)], state };
}

async function interrupted(
  { platform, stack, backend }: ExamineArgs,
  state: StackState | undefined,
  fix: string,
): Promise<Diagnosis> {
  const lock = findLock(backend.url, stack.project, stack.name);
  const running = lock !== undefined && !lock.dead;
  try {
    // What an update makes is in the state only when it is done.
    const leftovers = state === undefined || running ? [] : await platform.leftovers(state);
    const pendingCreates = running ? 0 : (state?.pendingCreates ?? 0);
    const traces = { lock, locksAreSeen: locksAreSeen(backend.url), pendingCreates, leftovers };
    return checkInterrupted(traces, stack.name, fix);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return fail("update", error.message, "Mend that first.");
  }
}
