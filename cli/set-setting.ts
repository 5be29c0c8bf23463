import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stackDocument } from "./stack-document";

/** Changes one setting of a stack file and leaves its comments and order as they are. */
export function setSetting(
  directory: string,
  { project, name }: { readonly project: string; readonly name: string },
  [section, ...keys]: readonly [string, ...string[]],
  value: unknown,
): void {
  const file = path.join(directory, `Pulumi.${name}.yaml`);
  const document = stackDocument(readFileSync(file, "utf8"));
  document.setIn(["config", `${project}:${section}`, ...keys], value);
  writeFileSync(file, document.toString({ lineWidth: 0 }));
}
