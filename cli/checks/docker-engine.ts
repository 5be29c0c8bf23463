import { z } from "zod";
import { memoryBudget } from "../../model/budget";
import type { Stack } from "../../model/stack";
import type { Obstacle } from "./check";

const BYTES_PER_MEBIBYTE = 1024 * 1024;

const infoSchema = z.object({ MemTotal: z.number(), NCPU: z.number() });

/** An engine as far as it tells of itself; dockerode's client is one. */
export interface EngineInfo {
  info(): Promise<unknown>;
}

/** Does an engine answer, and is it large enough for the stack's limits? */
export async function checkDockerEngine(docker: EngineInfo, stack: Stack): Promise<Obstacle[]> {
  let info: z.output<typeof infoSchema>;
  try {
    info = infoSchema.parse(await docker.info());
  } catch (error) {
    return [
      {
        problem: `Docker does not answer: ${error instanceof Error ? error.message : String(error)}`,
        remedy:
          "Start Docker Desktop, or on Linux run: sudo systemctl start docker. If it runs elsewhere, set DOCKER_HOST.",
      },
    ];
  }
  return [...memoryObstacle(info.MemTotal, stack), ...cpuObstacles(info.NCPU, stack)];
}

function memoryObstacle(bytes: number, { workloads, settings }: Stack): Obstacle[] {
  const available = Math.floor(bytes / BYTES_PER_MEBIBYTE);
  const { limitsMiB } = memoryBudget(workloads, settings.host.memory);
  if (limitsMiB <= available) return [];
  return [
    {
      problem: `The limits add up to ${limitsMiB} MiB, and the Docker engine has ${available} MiB.`,
      remedy: "Give Docker more memory (Docker Desktop: Settings, Resources), or lower limits.",
    },
  ];
}

function cpuObstacles(cores: number, { workloads }: Stack): Obstacle[] {
  return workloads
    .filter(({ limits }) => limits.cpu.cores > cores)
    .map(({ name, limits }) => ({
      problem: `${name} may use ${limits.cpu.cores} cores, and the Docker engine has ${cores}.`,
      remedy: `Lower its limits.cpu to at most ${cores}.`,
    }));
}
