import { checkInputs, type Failure } from "../protocol/check";
import { diffProperties } from "../protocol/diff";
import { number } from "../protocol/readers";
import type { ResourceType } from "../protocol/resource";
import type { Rule, Schema } from "../protocol/schema";
import type { Properties } from "../protocol/values";
import { bcrypt } from "./bcrypt";
import { drawPassword } from "./password";

const least: Rule = { kind: "integer", change: "replace", default: 0, minimum: 0 };
const used: Rule = { kind: "boolean", change: "replace", default: true };

/** The properties of `random:index/randomPassword:RandomPassword`: every change draws a new one. */
export const passwordSchema: Schema = {
  rules: {
    keepers: { kind: "map", change: "replace" },
    length: { kind: "integer", change: "replace", required: true, minimum: 1 },
    lower: used,
    upper: used,
    numeric: used,
    special: used,
    minLower: least,
    minUpper: least,
    minNumeric: least,
    minSpecial: least,
    overrideSpecial: { kind: "string", change: "replace" },
  },
  refused: ["number"],
};

/** A password that is drawn once and lives in the state. */
export const randomPassword: ResourceType = {
  unknownOnCreate: ["result", "bcryptHash"],

  check(news) {
    const { inputs, failures } = checkInputs(passwordSchema, news);
    return { inputs, failures: [...failures, ...sums(inputs)] };
  },

  diff: (state, inputs) => ({
    changes: diffProperties(passwordSchema, state, inputs),
    deleteBeforeReplace: false,
  }),

  create(inputs) {
    const result = drawPassword(inputs);
    const state = { ...inputs, id: "none", result, bcryptHash: bcrypt(result) };
    return Promise.resolve({ id: "none", state });
  },

  read: (_id, state) => Promise.resolve(state),
  update: (_id, state, inputs) => Promise.resolve({ ...state, ...inputs }),
  delete: () => Promise.resolve(),
};

function sums(inputs: Properties): Failure[] {
  const wanted = ["minLower", "minUpper", "minNumeric", "minSpecial"]
    .map((name) => number(inputs, name))
    .reduce((sum, each) => sum + each, 0);
  if (typeof inputs["length"] !== "number" || wanted <= inputs["length"]) return [];
  const reason = `found ${inputs["length"]}; allowed: at least ${wanted}, the sum of the minimums`;
  return [{ property: "length", reason }];
}
