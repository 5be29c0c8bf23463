import { annotationOf, conditionOf, textAt, type ApiObject } from "../api-object";
import { READY, type Judge } from "./judge";
import { valuesAt } from "./json-path";

/**
 * The judge that an object's `pulumi.com/waitFor` annotation asks for in place of its kind's, if any:
 * `jsonpath={.status.phase}=Running`, `condition=Ready`, or a JSON list of these.
 */
export function customJudge(object: ApiObject): Judge | undefined {
  const text = annotationOf(object, "pulumi.com/waitFor");
  if (text === "") return undefined;
  const wanted = listOf(text);
  if (wanted.length === 0) throw new Error("at least one condition must be specified");
  for (const each of wanted) isMet({}, each);
  return {
    related: [],
    read: false,
    judge(view) {
      const missing = wanted.filter((each) => !isMet(view.object, each));
      if (missing.length === 0) return READY;
      return { ready: false, problems: missing.map((each) => `waiting for ${each}`) };
    },
  };
}

function isMet(object: ApiObject, wanted: string): boolean {
  const path = /^jsonpath=(\{[^}]*\}|[^=]+)(?:=(.*))?$/.exec(wanted);
  if (path) {
    const values = valuesAt(object, path[1] ?? "");
    const value = path[2];
    if (value === undefined) return values.length > 0;
    return values.some(
      (each) => (typeof each === "string" ? each : JSON.stringify(each)) === value,
    );
  }
  const condition = /^condition=([^=]+)(?:=(.*))?$/.exec(wanted);
  if (!condition) {
    throw new Error(`expected a "jsonpath=" or "condition=" prefix, got "${wanted}"`);
  }
  const status = textAt(conditionOf(object, condition[1] ?? ""), "status");
  return status.toLowerCase() === (condition[2] ?? "True").toLowerCase();
}

function listOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list.map(String);
  } catch {
    // No JSON: one condition.
  }
  return [text];
}
