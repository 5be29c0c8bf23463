import Table from "cli-table3";
import { COMPACT } from "../plan/print-plan";
import type { Finding } from "./finding";

/** What was found of one stack. */
export interface DriftReport {
  readonly stack: string;
  readonly findings: readonly Finding[];
  /** One command that puts right what an update can; absent when there is nothing for it to do. */
  readonly command?: string;
}

/**
 * Puts together what Pulumi's preview and the platform itself tell. The same property of the same
 * resource is told once: by the platform, which says how.
 */
export function driftReport(
  stack: string,
  ofPlatform: readonly Finding[],
  ofPreview: readonly Finding[],
): DriftReport {
  const key = ({ urn, property }: Finding): string =>
    `${urn ?? ""} ${property.split(/[ .[]/, 1)[0] ?? ""}`;
  const told = new Set(ofPlatform.map(key));
  const findings = [...ofPlatform, ...ofPreview.filter((finding) => !told.has(key(finding)))];
  const urns = findings.flatMap(({ mend }) => (mend.by === "replace" ? mend.urns : []));
  const update = findings.some(({ mend }) => mend.by !== "hand" || mend.thenUpdate);
  if (!update) return { stack, findings };
  const replace = [...new Set(urns)].map((urn) => ` --replace '${urn}'`).join("");
  return { stack, findings, command: `npm run up -- --stack ${stack} --refresh${replace}` };
}

/** A report as a person reads it. */
export function describeDrift({ stack, findings, command }: DriftReport): string {
  if (findings.length === 0) return `${stack}: no drift. Everything is as declared.`;
  const table = new Table({
    head: ["resource", "what", "declared", "found", "what to do"],
    ...COMPACT,
  });
  for (const [index, finding] of findings.entries()) {
    const { resource, property, declared, found, urn } = finding;
    const above = findings[index - 1];
    const repeated = above !== undefined && above.urn === urn && toDo(above) === toDo(finding);
    table.push([resource, property, declared, found, repeated ? "the same" : toDo(finding)]);
  }
  const many = findings.length === 1 ? "1 difference" : `${findings.length} differences`;
  return [
    `${stack}: ${many} between what is declared and what is there. Nothing was changed.`,
    table.toString(),
    ...(command === undefined ? [] : ["What an update puts right:", `  ${command}`]),
  ].join("\n");
}

function toDo({ cause, mend }: Finding): string {
  switch (mend.by) {
    case "hand":
      return mend.thenUpdate === true ? `${mend.command}, then up --refresh` : mend.command;
    case "refresh":
      return cause === "undeployed" ? "up: declared since the last one" : "up --refresh";
    case "replace":
      return "up --replace";
  }
}
