import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MaskedFile } from "./masked-files";
import type { Plan } from "./plan";
import { renderTopology } from "./topology";

/** Writes plan.json, topology.svg and every provisioned file below a folder it makes anew. */
export async function writePlan(
  folder: string,
  plan: Plan,
  files: readonly MaskedFile[],
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "plan.json"), `${JSON.stringify(plan, null, 2)}\n`);
  writeFileSync(path.join(folder, "topology.svg"), await renderTopology(plan));
  for (const file of files) {
    const location = path.join(folder, "files", file.workload, file.path);
    mkdirSync(path.dirname(location), { recursive: true });
    writeFileSync(location, file.text);
  }
}
