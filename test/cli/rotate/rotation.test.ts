import assert from "node:assert/strict";
import { test } from "node:test";
import { nextRotation } from "../../../cli/rotate/rotation";
import { UserError } from "../../../cli/user-error";
import type { Rotatable } from "../../../model/settings/rotations";

const TYPE = "random:index/randomPassword:RandomPassword";
const urn = (name: string) =>
  `urn:pulumi:dev::whalewatch::whalewatch:index:Postgres$${TYPE}::${name}`;

/** A state with these passwords; those with a `!` are not protected. */
function stateOf(...names: readonly string[]) {
  const passwords = names.map((name) => ({
    urn: urn(name.replace("!", "")),
    type: TYPE,
    id: "none",
    protect: !name.endsWith("!"),
  }));
  const other = {
    urn: urn("redis-password"),
    type: "docker:index/volume:Volume",
    id: "v",
    protect: true,
  };
  return { resources: [...passwords, other] };
}

const POSTGRES = ["postgres-superuser-password", "postgres-app-password"];

for (const [name, program, passwords, declared, number, resumed, obsolete] of [
  ["a first one", "redis", ["redis-password"], 0, 1, false, ["redis-password"]],
  ["a second one", "redis", ["redis-password-1"], 1, 2, false, ["redis-password-1"]],
  ["all of a program", "postgres", [...POSTGRES, "redis-password"], 0, 1, false, POSTGRES],
  [
    "one that was stopped before the update",
    "redis",
    ["redis-password!"],
    ...([1, 1, true, []] as const),
  ],
  [
    "one that was stopped within the update",
    "postgres",
    ["postgres-superuser-password!", "postgres-app-password!", "postgres-superuser-password-1"],
    ...([1, 1, true, []] as const),
  ],
  [
    "one that was stopped before it was allowed to delete anything",
    "redis",
    ["redis-password"],
    ...([1, 1, true, ["redis-password"]] as const),
  ],
] satisfies [string, Rotatable, string[], number, number, boolean, readonly string[]][]) {
  test(`${name}: number ${number}, ${obsolete.length} protected passwords in its way`, () => {
    assert.deepEqual(nextRotation(program, stateOf(...passwords), declared, "dev"), {
      number,
      resumed,
      obsolete: obsolete.map(urn),
    });
  });
}

for (const [name, passwords, declared, message] of [
  ["no password", ["grafana-admin-password"], 0, /has no password of redis\. Bring the stack up/],
  [
    "newer passwords than the file",
    ["redis-password-2"],
    ...([1, /rotations\.redis is 1, and the state has 2: the file is older/] as const),
  ],
] satisfies [string, string[], number, RegExp][]) {
  test(`a state with ${name} is refused`, () => {
    assert.throws(
      () => nextRotation("redis", stateOf(...passwords), declared, "dev"),
      (error) => error instanceof UserError && message.test(error.message),
    );
  });
}
