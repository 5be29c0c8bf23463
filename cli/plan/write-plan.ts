import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../user-error";
import type { MaskedFile } from "./masked-files";
import type { Plan } from "./plan";
import { type PlannedResource, RESOURCES_FILE } from "./planned-resources";
import { renderTopology } from "./topology";

/** The plan itself, in a folder that a plan was written to. */
export const PLAN_FILE = "plan.json";
const TOPOLOGY_FILE = "topology.svg";
/** The provisioned files there, by workload and path in its container. */
export const FILES_FOLDER = "files";

/**
 * Writes plan.json, resources.json, topology.svg and every provisioned file below a folder, in place of an earlier
 * plan.
 * @throws UserError for a folder with other things in it, before anything is written or removed.
 */
export async function writePlan(
  folder: string,
  plan: Plan,
  files: readonly MaskedFile[],
  resources: readonly PlannedResource[],
): Promise<void> {
  const topology = await renderTopology(plan);
  checkFolder(folder);
  rmSync(path.join(folder, FILES_FOLDER), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, PLAN_FILE), `${JSON.stringify(plan, null, 2)}\n`);
  writeFileSync(path.join(folder, RESOURCES_FILE), `${JSON.stringify(resources, null, 2)}\n`);
  writeFileSync(path.join(folder, TOPOLOGY_FILE), topology);
  for (const file of files) {
    const location = path.join(folder, FILES_FOLDER, file.workload, file.path);
    mkdirSync(path.dirname(location), { recursive: true });
    writeFileSync(location, file.text);
  }
}

/** A folder may be new, empty or hold a plan: `--out .` must not cost anyone a project. */
function checkFolder(folder: string): void {
  const found = existsSync(folder) ? readdirSync(folder) : [];
  const [first] = found;
  if (first === undefined || found.includes(PLAN_FILE)) return;
  throw new UserError(
    `${folder} holds something else, such as ${first}. Choose a new or empty folder with --out.`,
  );
}
