import { createHash } from "node:crypto";
import type { CheckContext } from "./resource";
import type { Properties } from "./values";

/** Input that lists the properties the plugin filled in, as upstream keeps it. */
export const DEFAULTS = "__defaults";

/**
 * Gives a resource without a name `<name>-<7 hex digits>`, and keeps that name over updates.
 * What was named by the plugin is noted in `__defaults`.
 */
export function withName(news: Properties, context: CheckContext): Properties {
  if (typeof news["name"] === "string") return { ...news, [DEFAULTS]: [] };
  const old = isAutonamed(context.olds) ? context.olds["name"] : undefined;
  const name = typeof old === "string" ? old : `${context.name}-${suffix(context)}`;
  return { ...news, name, [DEFAULTS]: ["name"] };
}

/** Whether the plugin chose the name. */
export function isAutonamed(inputs: Properties): boolean {
  const filled = inputs[DEFAULTS];
  return Array.isArray(filled) && filled.includes("name");
}

function suffix(context: CheckContext): string {
  return createHash("sha256").update(context.seed).update(context.name).digest("hex").slice(0, 7);
}
