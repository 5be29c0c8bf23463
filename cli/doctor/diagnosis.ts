import type { Obstacle } from "../checks/check";

/** What was found of one thing that the commands need. */
export interface Diagnosis {
  readonly status: "ok" | "warn" | "fail";
  /** What was looked at, in a word or two. */
  readonly what: string;
  readonly found: string;
  /** How to mend it; absent where all is well. */
  readonly toDo?: string;
}

const WIDTH_OF_WHAT = 14;

/** All is well. */
export function ok(what: string, found: string): Diagnosis {
  return { status: "ok", what, found };
}

/** It works, and may not for long. */
export function warn(what: string, found: string, toDo: string): Diagnosis {
  return { status: "warn", what, found, toDo };
}

/** It does not work. */
export function fail(what: string, found: string, toDo: string): Diagnosis {
  return { status: "fail", what, found, toDo };
}

/** What keeps an update from working, as diagnoses. */
export function failures(what: string, obstacles: readonly Obstacle[]): Diagnosis[] {
  return obstacles.map(({ problem, remedy }) => fail(what, problem, remedy));
}

/** Diagnoses as the user reads them, with how many are not well. */
export function describeDiagnoses(stack: string, diagnoses: readonly Diagnosis[]): string {
  const lines = diagnoses.flatMap(({ status, what, found, toDo }) => [
    `${status.padEnd(4)}  ${what.padEnd(WIDTH_OF_WHAT)}  ${found.replaceAll("\n", `\n${" ".repeat(WIDTH_OF_WHAT + 8)}`)}`,
    ...(toDo === undefined ? [] : [`${" ".repeat(WIDTH_OF_WHAT + 8)}-> ${toDo}`]),
  ]);
  const count = (wanted: Diagnosis["status"]): number =>
    diagnoses.filter(({ status }) => status === wanted).length;
  const [warnings, failed] = [count("warn"), count("fail")];
  const summary =
    warnings + failed === 0
      ? "all is well"
      : `${failed} to mend, ${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
  return [...lines, `${stack}: ${diagnoses.length} checks, ${summary}.`].join("\n");
}
