import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICY_NAMES } from "../../../model/policy-names";
import { checkProblems } from "../../support/problem-cases";
import { rawFrom, service, settingsFrom } from "../../support/stack-settings";

const exception = {
  rule: "ports-must-stay-on-loopback",
  workload: "api",
  reason: "the gateway of the office",
  expires: "2027-03-31",
};
const NAMES = POLICY_NAMES.join(", ");
const PATH = "whalewatch:policies.exceptions.0";
const REASON = "the reason, in a few words, for whoever reviews the exception";
const EXPIRES = "the last day on which it counts, such as 2027-03-31";
const excepted = (changes: object) => ({
  policies: { exceptions: [{ ...exception, ...changes }] },
});

test("without the section nothing is production, nothing excepted, any registry will do", () => {
  const { policies } = settingsFrom(rawFrom({ services: { api: service() } }));
  assert.deepEqual(policies, { production: false, levels: {}, exceptions: [] });
});

test("a last day without quotes is one, as YAML and Pulumi pass it on", () => {
  for (const expires of ["2027-03-31", "2027-03-31 00:00:00 +0000 UTC"]) {
    const { policies } = settingsFrom(
      rawFrom({ services: { api: service() }, ...excepted({ expires }) }),
    );
    assert.deepEqual(policies.exceptions, [exception]);
  }
});

checkProblems([
  {
    title: "an exception that has expired is no fault of the file",
    rest: excepted({ expires: "2020-01-01" }),
  },
  {
    title: "a policy's name in levels that is misspelt",
    rest: { policies: { levels: { "containers-must-have-limit": "advisory" } } },
    problems: [
      [
        "whalewatch:policies.levels.containers-must-have-limit",
        "an unknown setting",
        `did you mean "containers-must-have-limits"? Known: ${NAMES}`,
      ],
    ],
  },
  {
    title: "a level that there is not",
    rest: { policies: { levels: { "images-must-be-pinned": "off" } } },
    problems: [
      [
        "whalewatch:policies.levels.images-must-be-pinned",
        '"off"',
        "mandatory, advisory or disabled",
      ],
    ],
  },
  {
    title: "a policy's name in an exception that is misspelt",
    rest: excepted({ rule: "ports-must-stay-on-loopbak" }),
    problems: [
      [
        `${PATH}.rule`,
        '"ports-must-stay-on-loopbak"',
        `did you mean "ports-must-stay-on-loopback"? Known: ${NAMES}`,
      ],
    ],
  },
  {
    title: "a policy's name that is like no other",
    rest: excepted({ rule: "all" }),
    problems: [[`${PATH}.rule`, '"all"', NAMES]],
  },
  {
    title: "no reason, or an empty one",
    rest: {
      policies: {
        exceptions: [
          { ...exception, reason: undefined },
          { ...exception, reason: "   " },
        ],
      },
    },
    problems: [
      [`${PATH}.reason`, "nothing", REASON],
      ["whalewatch:policies.exceptions.1.reason", '"   "', REASON],
    ],
  },
  {
    title: "no last day, or one that is no day",
    rest: {
      policies: {
        exceptions: [
          { ...exception, expires: undefined },
          { ...exception, expires: "2027-02-30" },
          { ...exception, expires: "next year" },
        ],
      },
    },
    problems: [
      [`${PATH}.expires`, "nothing", EXPIRES],
      ["whalewatch:policies.exceptions.1.expires", '"2027-02-30"', EXPIRES],
      ["whalewatch:policies.exceptions.2.expires", '"next year"', EXPIRES],
    ],
  },
  {
    title: "an exception of nothing, and one of two things",
    rest: {
      policies: {
        exceptions: [
          { ...exception, workload: undefined },
          { ...exception, resource: "api-container" },
        ],
      },
    },
    problems: [
      [
        PATH,
        "neither workload nor resource",
        "one of the two; policies.levels.ports-must-stay-on-loopback: disabled takes the whole policy away",
      ],
      [
        "whalewatch:policies.exceptions.1",
        'workload "api" and resource "api-container"',
        "one of the two; policies.levels.ports-must-stay-on-loopback: disabled takes the whole policy away",
      ],
    ],
  },
  {
    title: "a registry with a scheme",
    rest: { policies: { registries: ["https://ghcr.io"] } },
    problems: [
      [
        "whalewatch:policies.registries.0",
        '"https://ghcr.io"',
        "a registry, or a path in one, without scheme and slash at the end, such as docker.io or ghcr.io/acme",
      ],
    ],
  },
]);
