import type { Relabeling } from "../../model/operator";

type Labels = Readonly<Record<string, string>>;

/**
 * A target's labels after rewriting, as Prometheus does it, for the actions that the operator's
 * objects use; undefined for a target that is dropped.
 * @throws TypeError for an action that is not known here.
 */
export function relabeled(labels: Labels, steps: readonly Relabeling[]): Labels | undefined {
  let current: Labels | undefined = labels;
  for (const step of steps) {
    if (current === undefined) return undefined;
    current = applied(current, step);
  }
  return current;
}

function applied(labels: Labels, step: Relabeling): Labels | undefined {
  const { sourceLabels = [], separator = ";", regex = "(.*)", action = "replace" } = step;
  const whole = new RegExp(`^(?:${regex})$`, "s");
  const source = sourceLabels.map((label) => labels[label] ?? "").join(separator);
  switch (action) {
    case "drop":
      return whole.test(source) ? undefined : labels;
    case "labeldrop":
      return Object.fromEntries(Object.entries(labels).filter(([label]) => !whole.test(label)));
    case "replace": {
      const { targetLabel = "", replacement = "$1" } = step;
      const match = whole.exec(source);
      if (!match) return labels;
      const value = replacement.replace(
        /\$(\d)/g,
        (_, group: string) => match[Number(group)] ?? "",
      );
      return { ...labels, [targetLabel]: value };
    }
    default:
      throw new TypeError(`${action} is not known here.`);
  }
}
