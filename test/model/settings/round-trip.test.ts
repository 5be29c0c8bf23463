import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { provisionFiles } from "../../../configs/provision";
import { memoryBudget } from "../../../model/budget";
import { parseSettings } from "../../../model/settings/parse";
import { settingsSchema } from "../../../model/settings/schema";
import { resolveStack } from "../../../model/resolve-stack";
import { validSettings } from "../../support/arbitrary-settings";
import { rawFrom, settingsFrom, service } from "../../support/stack-settings";

test("whatever a user may write resolves, and its budget is the sum of limits times replicas", () => {
  fc.assert(
    fc.property(validSettings, ({ raw, limitsMiB }) => {
      const settings = settingsFrom(raw);
      const { workloads } = resolveStack("whalewatch", "test", settings);
      const budget = memoryBudget(workloads, settings.host.memory);
      const monitors = workloads.filter(({ role }) => role === "monitor" || role === "exporter");
      const watching = monitors.reduce(
        (sum, { limits, replicas }) => sum + limits.memory.mebibytes * replicas,
        0,
      );
      assert.equal(budget.limitsMiB, limitsMiB + watching);
      assert.equal(budget.hostMiB, 1024 * 1024);
      const lines = budget.lines.reduce((sum, { limitMiB }) => sum + limitMiB, 0);
      assert.equal(lines, budget.limitsMiB);
    }),
    { numRuns: 60 },
  );
});

test("whatever a user may write, its parts fit: peers, targets and probes exist, names are unique", () => {
  fc.assert(
    fc.property(validSettings, ({ raw }) => {
      const stack = resolveStack("whalewatch", "test", settingsFrom(raw));
      const names = stack.workloads.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length);
      const pointedAt = [
        ...stack.workloads.flatMap(({ connects }) => connects),
        ...stack.targets.map(({ workload }) => workload),
        ...stack.probes.map(({ workload }) => workload),
      ];
      assert.deepEqual(
        pointedAt.filter((name) => !names.includes(name)),
        [],
      );
      assert.deepEqual([...provisionFiles(stack).keys()], names);
    }),
    { numRuns: 60 },
  );
});

/** JSON whose keys are often real ones, so that it gets past the first level. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, 0, 1.5, 8000, "", "512Mi", "512M", "0.5", "a:1", "a", "postgres"),
    fc.string({ maxLength: 5 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(tie("key").map(String), tie("value"), { maxKeys: 4 }),
  ),
  key: fc.oneof(
    fc.constantFrom(
      ...[...Object.keys(settingsSchema.shape), ...Object.keys(service()), "needs", "secrets"],
      ...["api", "data", "memory", "cpu", "enabled", "publish", "address", "volumes", "env"],
      ...["__proto__", "constructor", "toString"],
    ),
    fc.string({ maxLength: 5 }),
  ),
}));
const sections = fc.dictionary(
  fc.constantFrom(...Object.keys(settingsSchema.shape), "__proto__", "x"),
  fc.oneof(json.value, fc.dictionary(fc.constantFrom("api", "b", "constructor"), json.value)),
);

test("no JSON makes the checks throw, and every problem says where, what and what else", () => {
  fc.assert(
    fc.property(sections, (values) => {
      const parsed = parseSettings(rawFrom(values, ["token"]));
      for (const { setting, found, allowed } of parsed.ok ? [] : parsed.problems) {
        assert.match(setting, /^whalewatch/);
        assert.notEqual(found, "");
        assert.notEqual(allowed, "");
        assert.doesNotMatch(allowed, /Invalid|undefined/);
      }
    }),
    { numRuns: 300 },
  );
});

test("a service with any JSON in any field never makes the checks throw", () => {
  const fields = fc.dictionary(
    fc.constantFrom(...Object.keys(settingsSchema.shape.services.def.innerType.valueType.shape)),
    json.value,
  );
  fc.assert(
    fc.property(fields, (changes) => {
      const parsed = parseSettings(rawFrom({ services: { api: service(changes), b: service() } }));
      for (const { setting, allowed } of parsed.ok ? [] : parsed.problems) {
        assert.match(setting, /^whalewatch:(services\.api|host\.memory)/);
        assert.doesNotMatch(allowed, /Invalid|undefined/);
      }
    }),
    { numRuns: 300 },
  );
});
