import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDiagnoses, fail, ok, warn } from "../../../cli/doctor/diagnosis";

test("diagnoses are lines, what to do below each, and a summary", () => {
  const diagnoses = [
    ok("node", "22.1.0"),
    warn("clock", "3 s behind", "Set it."),
    fail("engine", "Docker does not answer", "Start it."),
  ];
  assert.equal(
    describeDiagnoses("dev", diagnoses),
    `ok    node            22.1.0
warn  clock           3 s behind
                      -> Set it.
fail  engine          Docker does not answer
                      -> Start it.
dev: 3 checks, 1 to mend, 1 warning.`,
  );
  assert.match(describeDiagnoses("dev", [ok("node", "22.1.0")]), /\ndev: 1 checks, all is well\.$/);
});
