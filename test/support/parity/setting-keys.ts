import { z } from "zod";
import { serviceSchema } from "../../../model/settings/service";
import { settingsSchema } from "../../../model/settings/schema";
import { entriesOf } from "../cluster";
import { Tree } from "../rendered";

/** Sections that configure one program each, or several under names of their own. */
const PROGRAMS = ["postgres", "redis", "prometheus", "grafana", "alertmanager", "nodeExporter"];
const GROUPS = ["exporters"];

/** Every setting of a service, from the schema that checks it. */
export function serviceKeys(): string[] {
  return Object.keys(serviceSchema.shape);
}

/**
 * Every setting of a stack but its services, from the schema that checks them: `section.key`, and
 * `program.key` for what programs have in common or alone.
 */
export function stackKeys(): string[] {
  const schema = Tree.of(z.toJSONSchema(settingsSchema, { io: "input" })).at("properties");
  const keys = entriesOf(schema.plain).flatMap(([section]): string[] => {
    if (section === "services") return [];
    if (PROGRAMS.includes(section)) return programKeys(schema.at(section));
    if (GROUPS.includes(section)) {
      const members = schema.at(section, "properties");
      return entriesOf(members.plain).flatMap(([name]) => programKeys(members.at(name)));
    }
    const inside = entriesOf(schema.at(section, "properties").plain);
    return inside.length === 0 ? [section] : inside.map(([key]) => `${section}.${key}`);
  });
  return [...new Set(keys)];
}

function programKeys(schema: Tree): string[] {
  return entriesOf(schema.at("properties").plain).map(([key]) => `program.${key}`);
}
