import { isProperties, type Value } from "../../protocol/values";

/**
 * The values at a path as `kubectl get -o jsonpath` writes it: `{.status.phase}`, `[0]`, `[*]`,
 * `['a.b']`, `[?(@.type=="Ready")]`. Throws on anything else.
 */
export function valuesAt(object: Value, path: string): Value[] {
  let rest = path.replace(/^\{(.*)\}$/, "$1");
  let found: Value[] = [object];
  while (rest !== "") {
    const step =
      /^\.?\[\?\(@\.(?<key>[\w.-]+)\s*==\s*["'](?<wanted>[^"']*)["']\)\]/.exec(rest) ??
      /^\.?\[(?<index>\d+|\*)\]/.exec(rest) ??
      /^\.?\[["'](?<quoted>[^"']+)["']\]/.exec(rest) ??
      /^\.(?<name>[\w-]+)/.exec(rest);
    if (step === null) throw new Error(`jsonpath: cannot read "${rest}" in "${path}"`);
    found = found.flatMap((value) => take(value, step.groups ?? {}));
    rest = rest.slice(step[0].length);
  }
  return found;
}

function take(value: Value, step: Partial<Record<string, string>>): Value[] {
  const { key, wanted, index, quoted, name } = step;
  if (key !== undefined) {
    const items = Array.isArray(value) ? value : [];
    return items.filter((item) => valuesAt(item, `.${key}`).some((each) => each === wanted));
  }
  if (index === "*") return Array.isArray(value) ? value : [];
  const one = Array.isArray(value)
    ? value[Number(index)]
    : isProperties(value)
      ? value[quoted ?? name ?? ""]
      : undefined;
  return one === undefined ? [] : [one];
}
