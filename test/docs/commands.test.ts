import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Command } from "commander";
import { z } from "zod";
import { whalewatchProgram } from "../../cli/program";
import { filesBelow } from "../support/files-below";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const VERB = /^tsx cli\/main\.ts (\S+)$/;

/** One command of npm as a page has it: the script, and what goes on to it. */
interface Documented {
  readonly line: string;
  readonly script: string;
  readonly args: readonly string[];
}

/** The commands of npm in a page: in code, up to a comment, a pipe or the end. */
function commandsIn(text: string): Documented[] {
  const code = [...text.matchAll(/`([^`\n]+)`/g), ...text.matchAll(/^(?: {4}|\$ )(npm .+)$/gm)];
  const fenced = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].flatMap(([, block = ""]) =>
    block.split("\n"),
  );
  return [...code.map(([, line = ""]) => line), ...fenced].flatMap((line) => {
    const [, script, rest = ""] =
      /npm (?:run (?:--silent )?)?([a-z][\w:]*)((?: (?!#|&&|\|)\S+)*)/.exec(line) ?? [];
    if (script === undefined || ["ci", "install"].includes(script)) return [];
    return [
      {
        line: line.trim(),
        script,
        args: rest
          .trim()
          .replace(/^--(?= |$)/, "")
          .trim()
          .split(/ +/),
      },
    ];
  });
}

/** Every command does nothing from here on, so that parsing tells whether it would begin. */
function disarmed(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  for (const each of command.commands) disarmed(each);
  return command;
}

const DOCS = filesBelow("docs");
const PAGES = new Map([
  ...["README.md", "CONTRIBUTING.md"].map((file) => [file, readFileSync(file, "utf8")] as const),
  ...[...DOCS].filter(([file]) => file.endsWith(".md")),
]);

describe("each command in the pages exists and takes what they give it", () => {
  for (const [page, text] of PAGES) {
    const documented = commandsIn(text);
    if (documented.length === 0) continue;
    test(`${page}: ${documented.length}`, () => {
      for (const { line, script, args } of documented) {
        const runs = scripts[script];
        assert.ok(runs !== undefined, `${line}: package.json has no script ${script}`);
        const [, verb] = VERB.exec(runs) ?? [];
        if (verb === undefined) continue;
        const given = [verb, ...args.filter((arg) => arg !== "")];
        assert.doesNotThrow(
          () => disarmed(whalewatchProgram("")).parse(given, { from: "user" }),
          line,
        );
      }
    });
  }
});

/** Statements of tests that may run a command: live through the command line, or its function. */
const STATEMENTS = [...filesBelow("test/e2e").values(), ...filesBelow("test/cli").values()].flatMap(
  (text) => text.split(";\n"),
);

/** Whether a test runs a command with all of these options, or the continuous integration does. */
function isRun({ script, args }: Documented): boolean {
  if (new RegExp(`npm (run )?${script}\\b`).test(readFileSync(".ci/run", "utf8"))) return true;
  const [, verb = script] = VERB.exec(scripts[script] ?? "") ?? [];
  const inner = whalewatchProgram("").commands.find((command) => command.name() === verb)?.commands;
  const subcommand = inner?.find((command) => args.includes(command.name()))?.name();
  const options = args.filter((arg) => arg.startsWith("--") && arg !== "--stack");
  return STATEMENTS.some(
    (statement) =>
      new RegExp(`"${verb}"|\\b${verb}\\(`).test(statement) &&
      [...(subcommand === undefined ? [] : [subcommand]), ...options].every((word) =>
        statement.includes(`"${word}"`),
      ),
  );
}

test("what the runbook of operations says to run is run by a test, with its options", () => {
  const documented = commandsIn(DOCS.get("operations.md") ?? "");
  assert.ok(documented.length > 10, documented.map(({ line }) => line).join());
  assert.deepEqual(
    documented.filter((command) => !isRun(command)).map(({ line }) => line),
    [],
  );
});

test("an option that no test gives is not taken for run", () => {
  const [invented] = commandsIn("`npm run down -- --delete-all`");
  assert.equal(invented && isRun(invented), false);
});
