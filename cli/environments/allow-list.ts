import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { UserError } from "../user-error";

/** The file that says what may differ between environments. */
export const ALLOW_LIST_FILE = "environments.yaml";

const PATTERN_ALLOWED =
  "a setting's path such as whalewatch:services.*.replicas, where * stands for any one name";
const entrySchema = z.strictObject(
  {
    setting: z
      .string({ error: PATTERN_ALLOWED })
      .regex(/^[A-Za-z][\w-]*:[^\s.]+(?:\.[^\s.]+)*$/, PATTERN_ALLOWED),
    reason: z.string({ error: "why it may differ" }).trim().min(1, "why it may differ"),
  },
  { error: "a mapping with setting and reason" },
);
const fileSchema = z.strictObject(
  { allowed: z.array(entrySchema, { error: "a list of { setting, reason }" }) },
  { error: "a mapping with allowed, a list of { setting, reason }" },
);

/** A setting that may differ, with all below it, and why. */
export type AllowedDifference = z.output<typeof entrySchema>;

/**
 * What may differ between environments; nothing, where there is no such file.
 * @throws UserError with every problem of the file.
 */
export function readAllowList(directory: string): readonly AllowedDifference[] {
  const location = path.join(directory, ALLOW_LIST_FILE);
  if (!existsSync(location)) return [];
  const document = parseDocument(readFileSync(location, "utf8"));
  const [fault] = document.errors;
  if (fault) throw new UserError(`${ALLOW_LIST_FILE} is no YAML: ${fault.message.trim()}`);
  const parsed = fileSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data.allowed;
  const lines = parsed.error.issues.map((issue) => {
    const where = issue.path.length === 0 ? ALLOW_LIST_FILE : issue.path.map(String).join(".");
    return issue.code === "unrecognized_keys"
      ? `  ${where}: unknown: ${issue.keys.join(", ")}`
      : `  ${where}: allowed: ${issue.message}`;
  });
  throw new UserError([`${ALLOW_LIST_FILE} cannot be read:`, ...lines].join("\n"));
}

/** The first entry that allows a setting to differ: one for it, or for what it is part of. */
export function findAllowance(
  setting: string,
  allowed: readonly AllowedDifference[],
): AllowedDifference | undefined {
  const names = setting.split(".");
  return allowed.find((entry) => {
    const pattern = entry.setting.split(".");
    return (
      pattern.length <= names.length &&
      pattern.every((part, index) => part === "*" || part === names[index])
    );
  });
}
