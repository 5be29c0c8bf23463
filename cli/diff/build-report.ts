import { existsSync } from "node:fs";
import path from "node:path";
import { readPlan, type WrittenPlan } from "../plan/read-plan";
import type { PlannedResource } from "../plan/planned-resources";
import { knownStacks } from "../stack-file";
import { UserError } from "../user-error";
import { renewsOutputs } from "./resources/effect";
import {
  type FailedStack,
  type Report,
  stackReport,
  type StackReport,
} from "./report/stack-report";
import { redactValue } from "./redact";
import { TemporaryPlaces } from "./versions/checkout";
import { tryGit } from "./versions/git";
import { planVersion } from "./versions/plan-version";
import { changedBelow, readVersion, startingPoint, type Version } from "./versions/version";

/** What to compare. */
export interface ReportRequest {
  /** The project's folder. */
  readonly directory: string;
  /** Default: where the work left the default branch. */
  readonly base?: string | undefined;
  /** Default: the working tree. */
  readonly head?: string | undefined;
  /** Default: every stack that either version has a file of. */
  readonly stacks?: readonly string[] | undefined;
}

/** A version that is ready to be planned. */
interface Side {
  readonly version: Version;
  readonly stacks: readonly string[];
  readonly plan: (stack: string) => Promise<WrittenPlan>;
}

/**
 * Plans both versions of each stack and compares them. A stack that cannot be planned is told in the
 * report.
 * @throws UserError for versions or stacks that do not exist.
 */
export async function buildReport(request: ReportRequest): Promise<Report> {
  const { directory } = request;
  const base =
    request.base === undefined ? startingPoint(directory) : readVersion(directory, request.base);
  const head = readVersion(directory, request.head);
  const places = new TemporaryPlaces(directory);
  try {
    const notes: string[] = [];
    const [before, after] = [
      openSide("base", base, directory, places, notes),
      openSide("head", head, directory, places, notes),
    ];
    const stacks: (StackReport | FailedStack)[] = [];
    for (const stack of stacksOf(request, before, after)) {
      stacks.push(await compareStack(stack, before, after, directory));
    }
    return { base: base.shown, head: head.shown, stacks, notes };
  } finally {
    places.remove();
  }
}

function openSide(
  name: string,
  version: Version,
  directory: string,
  places: TemporaryPlaces,
  notes: string[],
): Side {
  if (version.kind === "folder") {
    const written = readPlan(version.folder);
    const plan = () => Promise.resolve(written);
    return { version, stacks: [written.plan.stack], plan };
  }
  const planIn = (project: string) => (stack: string) =>
    planVersion(project, stack, places.folder(`${name}-${stack}`));
  if (version.kind === "tree") {
    return { version, stacks: ownStacks(directory), plan: planIn(directory) };
  }
  const checkout = places.checkOut(name, version.commit);
  if (!checkout.samePackages) {
    notes.push(
      `package-lock.json of ${version.shown} is another; it was planned with the packages that are installed here.`,
    );
  }
  return { version, stacks: knownStacks(checkout.directory), plan: planIn(checkout.directory) };
}

/** Stack files that git ignores are somebody's own. */
function ownStacks(directory: string): string[] {
  return knownStacks(directory).filter(
    (stack) => typeof tryGit(directory, "check-ignore", `Pulumi.${stack}.yaml`) !== "string",
  );
}

function stacksOf({ stacks = [] }: ReportRequest, before: Side, after: Side): string[] {
  const known = [...new Set([...after.stacks, ...before.stacks])].sort();
  const folders = [before, after].filter(({ version }) => version.kind === "folder");
  const [only] = folders.flatMap((side) => side.stacks);
  if (only !== undefined && folders.some((side) => !side.stacks.includes(only))) {
    throw new UserError(
      `The folders hold plans of ${known.join(" and ")}. Compare one stack with itself; two stacks with: whalewatch env diff ${known.join(" ")}`,
    );
  }
  const possible = only === undefined ? known : [only];
  const unknown = stacks.filter((stack) => !possible.includes(stack));
  if (unknown.length > 0) {
    throw new UserError(
      `--stack: found ${unknown.join(", ")}; allowed: ${possible.join(", ") || "none, since neither version has a stack file"}.`,
    );
  }
  return stacks.length > 0 ? [...stacks] : possible;
}

async function compareStack(
  stack: string,
  before: Side,
  after: Side,
  directory: string,
): Promise<StackReport | FailedStack> {
  const [old, now] = await Promise.all([planned(before, stack), planned(after, stack)]);
  const failed = [old, now].find((side) => side !== undefined && "message" in side);
  if (failed !== undefined && "message" in failed) return failed;
  const [first, second] = [written(old), written(now)];
  const isRebuilt = ({ type, inputs }: PlannedResource): boolean => {
    const context = renewsOutputs(type) ? contextOf(inputs) : undefined;
    if (context === undefined || !existsSync(path.join(directory, context))) return false;
    return changedBelow(directory, before.version, after.version, context).length > 0;
  };
  const rebuilt = new Set((second?.resources ?? []).filter(isRebuilt).map(({ urn }) => urn));
  return stackReport(first, second, { rebuilt });
}

async function planned(side: Side, stack: string): Promise<WrittenPlan | FailedStack | undefined> {
  if (!side.stacks.includes(stack)) return undefined;
  try {
    return await side.plan(stack);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { stack, version: side.version.shown, message: redactValue(error.message) };
  }
}

function written(side: WrittenPlan | FailedStack | undefined): WrittenPlan | undefined {
  return side !== undefined && "plan" in side ? side : undefined;
}

function contextOf(inputs: PlannedResource["inputs"]): string | undefined {
  const build = inputs["build"];
  const context =
    typeof build === "object" && build !== null && "context" in build ? build.context : undefined;
  return typeof context === "string" ? context : undefined;
}
