import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import path from "node:path";
import { describe, test, type TestContext } from "node:test";
import { temporaryFolder } from "../support/temporary-folder";
import { findTool } from "../support/tools";

/** A folder with a promtool and an amtool, of which the lab's half is where test/lab/tools.sh puts it. */
function machine(context: TestContext): string {
  const folder = temporaryFolder(context, {
    "path/promtool": "",
    "data/amtool": "",
    "state/tools/bin/promtool": "",
    "state/tools/bin/amtool": "",
    "home/whalewatch-lab/tools/bin/amtool": "",
  });
  for (const file of [
    "path/promtool",
    "state/tools/bin/promtool",
    "state/tools/bin/amtool",
    "home/whalewatch-lab/tools/bin/amtool",
  ]) {
    chmodSync(path.join(folder, file), 0o755);
  }
  return folder;
}

describe("where a tool is found", () => {
  const cases = [
    ["on PATH first", "promtool", { PATH: "path", LAB_STATE: "state" }, "path/promtool"],
    ["in the lab", "amtool", { PATH: "path", LAB_STATE: "state" }, "state/tools/bin/amtool"],
    ["without a PATH", "amtool", { LAB_STATE: "state" }, "state/tools/bin/amtool"],
    [
      "in the lab's default place",
      "amtool",
      { XDG_STATE_HOME: "home" },
      "home/whalewatch-lab/tools/bin/amtool",
    ],
    ["nowhere", "promtool", { PATH: "data", LAB_STATE: "nothing" }, undefined],
    ["not what cannot be run", "amtool", { PATH: "data", LAB_STATE: "nothing" }, undefined],
  ] as const;
  for (const [title, tool, variables, expected] of cases) {
    test(title, (context) => {
      const folder = machine(context);
      const environment = Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, path.join(folder, value)]),
      );
      const found = findTool(tool, environment);
      assert.equal(found, expected === undefined ? undefined : path.join(folder, expected));
    });
  }

  test("a folder of that name is none", (context) => {
    const folder = temporaryFolder(context, { "bin/amtool/readme": "" });
    assert.equal(
      findTool("amtool", { PATH: path.join(folder, "bin"), LAB_STATE: folder }),
      undefined,
    );
  });
});
