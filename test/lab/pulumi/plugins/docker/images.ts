import type { Engine } from "./engine";
import type { Properties } from "../protocol/values";

/** The local image of a name or id; pulled when the engine does not have it. */
export async function findOrPull(engine: Engine, name: string): Promise<Properties> {
  const local = await engine.find(`/images/${name}/json`);
  if (local) return local;
  try {
    await engine.progress("POST", "/images/create", { query: { fromImage: withTag(name) } });
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new Error(`unable to pull image ${name}: ${reason}`, { cause: error });
  }
  const pulled = await engine.find(`/images/${name}/json`);
  if (pulled) return pulled;
  throw new Error(`unable to find or pull image ${name}`);
}

/** Without a tag the engine would pull every tag of the repository. */
function withTag(name: string): string {
  return /[:@][^/]*$/.test(name) ? name : `${name}:latest`;
}
