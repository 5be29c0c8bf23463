import { stripVTControlCharacters } from "node:util";
import { type Canary, canary, SHORTEST_CANARY } from "./canaries";
import { Deployment } from "./deployment";
import { type EngineProblem } from "./engine-problem";
import { engineService } from "./engine-service";
import { listen } from "./grpc-server";
import { findLeaks } from "./leaks";
import { type ProgramExit, runProcess } from "./program-process";
import { type Diagnostic, type ProgramResult, type ProgramRun } from "./program-run";
import { resourceMonitorService } from "./resource-monitor";
import { stableOrder } from "./stable-order";
import { TypeCatalog } from "./type-catalog";
import { describeUrn } from "./urn";

const DEFAULT_PACKAGES = ["docker", "random", "kubernetes", "pulumi"];

/** Exit code told for a program that left early, yet with a code of success. */
const UNFINISHED = 1;

/**
 * Runs a Pulumi program as a first `pulumi preview` would, without CLI, plugins or Docker, and tells
 * what it registered. It does not throw for a faulty program: see `exitCode`, `diagnostics` and
 * `problems`.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  const started = performance.now();
  const given = givenCanaries(run);
  const types = new TypeCatalog(run.directory, run.allowedPackages ?? DEFAULT_PACKAGES);
  const deployment = new Deployment(run.project, run.stack, types);
  const diagnostics: Diagnostic[] = [];
  const say = (diagnostic: Diagnostic) => {
    diagnostics.push(diagnostic);
    run.onLog?.(diagnostic);
  };
  const server = await listen([resourceMonitorService(deployment), engineService(say)]);
  let exit: ProgramExit;
  try {
    exit = await runProcess(run, server.address, (source, line) => {
      say({ severity: "info", message: stripVTControlCharacters(line), source });
    });
  } finally {
    server.close();
  }
  const end = endOf(exit, deployment, diagnostics);
  if (end !== undefined) {
    deployment.report(end);
    say({ severity: "error", message: end.message, source: "log" });
  }
  const { passwords } = deployment;
  const resources = stableOrder(deployment.resources);
  const outputs = deployment.stackOutputs ?? {};
  const made = [...passwords].filter(([, value]) => value.length >= SHORTEST_CANARY);
  const canaries = [...given, ...made.map(([label, value]) => canary(label, value))];
  const problems = [
    ...deployment.problems,
    ...findLeaks({ resources, outputs, diagnostics }, canaries),
  ];
  const exitCode = end === undefined ? exit.exitCode : exit.exitCode || UNFINISHED;
  const durationMs = Math.round(performance.now() - started);
  return { resources, outputs, diagnostics, problems, exitCode, durationMs };
}

/** The caller's canaries and the secret configuration; a value in both keeps the caller's label. */
function givenCanaries(run: ProgramRun): Canary[] {
  const labels = new Map<string, string>();
  for (const [label, value] of Object.entries(run.canaries ?? {})) {
    if (value.length < SHORTEST_CANARY) {
      throw new RangeError(
        `Canary '${label}' has ${value.length} characters; give at least ${SHORTEST_CANARY}, or it is found by chance.`,
      );
    }
    labels.set(value, label);
  }
  for (const key of run.secretKeys) {
    const value = run.config[key];
    if (value === undefined || value.length < SHORTEST_CANARY || labels.has(value)) continue;
    labels.set(value, `config ${key}`);
  }
  return [...labels].map(([value, label]) => canary(label, value));
}

/** What is to be said of an end that the program itself did not explain. */
function endOf(
  { exitCode, overran }: ProgramExit,
  deployment: Deployment,
  diagnostics: readonly Diagnostic[],
): EngineProblem | undefined {
  const last = deployment.resources.at(-1);
  const lastSeen = last === undefined ? "no resource" : `${describeUrn(last.urn)} as the last`;
  if (overran !== undefined) {
    return {
      kind: "timeout",
      message: `The program still ran after ${overran / 1000} s and was stopped; it had registered ${lastSeen}. Look for a loop, an open server or a timer after that resource.`,
      ...(last !== undefined && { urn: last.urn }),
    };
  }
  const explained = diagnostics.some(({ severity }) => severity === "error");
  if (exitCode !== 0 && !explained) {
    const text = diagnostics.filter(({ source }) => source === "stderr");
    const said = text.map(({ message }) => message).join("\n");
    return {
      kind: "incomplete",
      message: `The program ended with code ${exitCode}${said === "" ? " without a word." : `:\n${said}`}`,
    };
  }
  if (exitCode === 0 && deployment.stackOutputs === undefined) {
    return {
      kind: "incomplete",
      message: `The program ended before its stack outputs were there; it had registered ${lastSeen}. It awaits a promise that nothing settles.`,
    };
  }
  return undefined;
}
