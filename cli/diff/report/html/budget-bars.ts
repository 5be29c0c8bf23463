import type { Plan } from "../../../plan/plan";
import type { StackReport } from "../stack-report";
import { arrow, limitsOf, percent } from "../summary";
import { element, type Markup, parts } from "./element";

const ROLES = ["service", "store", "exporter", "monitor"] as const;

/** Memory limits against the host, before and after, a piece of each bar for each workload. */
export function budgetBars(report: StackReport): Markup {
  const { before, after } = limitsOf(report);
  const rows = [
    ...(report.sides === "new" ? [] : bar("before", report.before.plan, percent(before))),
    ...(report.sides === "gone" ? [] : bar("after", report.after.plan, percent(after))),
  ];
  const legend = ROLES.map((role) =>
    element("li", {}, [element("i", { class: role, "aria-hidden": "true" }), `${role}s`]),
  );
  return parts([
    element("h3", {}, "Limits"),
    element("p", {}, [
      `Memory ${arrow(before.memoryMiB, after.memoryMiB)} of ${arrow(before.hostMiB, after.hostMiB)} MiB, CPU ${arrow(before.cpus, after.cpus)}.`,
    ]),
    element("div", { class: "bars" }, rows),
    element("ul", { class: "legend" }, legend),
  ]);
}

function bar(title: string, { workloads, budget }: Plan, share: number): Markup[] {
  const total = Math.max(budget.hostMiB, budget.limitsMiB, 1);
  const pieces = ROLES.flatMap((role) =>
    workloads
      .filter((workload) => workload.role === role)
      .map(({ name, limits, replicas }) => {
        const memoryMiB = limits.memoryMiB * replicas;
        return element("span", {
          class: role,
          style: `width:${((memoryMiB / total) * 100).toFixed(3)}%`,
          title: `${name}: ${memoryMiB} MiB`,
        });
      }),
  );
  const told = `${budget.limitsMiB} of ${budget.hostMiB} MiB`;
  return [
    element("span", { class: "quiet" }, title),
    element("div", { class: "bar", role: "img", "aria-label": `${title}: ${told}` }, pieces),
    element("span", {}, `${told} (${share} %)`),
  ];
}
