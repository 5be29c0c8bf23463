import { parseSettings } from "../../model/settings/parse";
import { describeProblems } from "../../model/settings/problem";
import { ALLOW_LIST_FILE, findAllowance, readAllowList } from "../environments/allow-list";
import {
  type Environment,
  type SettingDifference,
  settingsDifferences,
} from "../environments/settings-differences";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Options of `whalewatch env diff`. */
export interface EnvDiffOptions {
  /** Print JSON instead of text. */
  readonly json?: boolean;
}

/** A difference, and why it may be; absent: it may not. */
export interface JudgedDifference extends SettingDifference {
  readonly reason?: string;
}

/**
 * Says every difference between two environments' settings, and which of them may be.
 * @throws UserError for a file that does not hold, and when a difference is not allowed.
 */
export function envDiff(
  directory: string,
  from: string,
  to: string,
  options: EnvDiffOptions,
): void {
  const judged = judgedDifferences(directory, from, to);
  const refused = judged.filter(({ reason }) => reason === undefined);
  console.log(
    options.json === true
      ? JSON.stringify({ from, to, differences: judged }, null, 2)
      : describeDifferences(from, to, judged),
  );
  if (refused.length === 0) return;
  const what = refused.length === 1 ? "1 difference is" : `${refused.length} differences are`;
  throw new UserError(
    `${what} not allowed: make the setting the same in both, or say in ${ALLOW_LIST_FILE} why it may differ.`,
  );
}

/** Every difference between two stack files of a folder, by its setting. */
export function judgedDifferences(directory: string, from: string, to: string): JudgedDifference[] {
  const allowed = readAllowList(directory);
  const [first, second] = readBoth(directory, [from, to]);
  if (first === undefined || second === undefined) return [];
  return settingsDifferences(first, second).map((difference) => {
    const allowance = findAllowance(difference.setting, allowed);
    return allowance === undefined ? difference : { ...difference, reason: allowance.reason };
  });
}

/** Both files' settings; the problems of either are told at once. */
function readBoth(directory: string, stacks: readonly string[]): Environment[] {
  const problems: string[] = [];
  const environments = stacks.flatMap((stack) => {
    const file = readStackFile(directory, stack);
    const parsed = parseSettings(file.settings);
    if (parsed.ok) return [{ file, settings: parsed.settings }];
    problems.push(describeProblems(stack, parsed.problems));
    return [];
  });
  if (problems.length > 0) throw new UserError(problems.join("\n"));
  return environments;
}

/** What may not differ first, then what may, by its reason. */
export function describeDifferences(
  from: string,
  to: string,
  judged: readonly JudgedDifference[],
): string {
  if (judged.length === 0) return `${from} and ${to} have the same settings.`;
  const groups = new Map<string | undefined, JudgedDifference[]>([[undefined, []]]);
  for (const difference of judged) {
    const group = groups.get(difference.reason) ?? [];
    groups.set(difference.reason, [...group, difference]);
  }
  const refused = groups.get(undefined) ?? [];
  const count = (all: number): string => (all === 1 ? "1 difference" : `${all} differences`);
  return [
    `${from} -> ${to}: ${count(judged.length)}, ${refused.length} of them not allowed`,
    ...[...groups].flatMap(([reason, differences]) =>
      differences.length === 0
        ? []
        : ["", reason === undefined ? "NOT ALLOWED" : `Allowed: ${reason}`, ...lines(differences)],
    ),
  ].join("\n");
}

function lines(differences: readonly JudgedDifference[]): string[] {
  const width = Math.max(...differences.map(({ setting }) => setting.length));
  return differences.map(
    ({ setting, from = "none", to = "none" }) => `  ${setting.padEnd(width)}  ${from} -> ${to}`,
  );
}
