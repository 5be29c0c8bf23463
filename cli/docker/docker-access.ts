import type Docker from "dockerode";
import type { Stack } from "../../model/stack";
import { checkDockerEngine } from "../checks/docker-engine";
import { checkHostPorts } from "../checks/host-ports";
import { checkPostgresMajor } from "../checks/postgres-major";
import type { PlatformAccess } from "../platforms/platform-access";
import { dockerDrift } from "../drift/docker/docker-drift";
import { executeInContainer } from "./execute";
import { HealthWatch } from "./health-watch";
import { diagnoseEngine } from "../doctor/docker-engine";
import { clearDockerLeftovers, dockerLeftovers } from "./leftovers";
import { postgresDataMajors } from "./postgres-data";
import { reachContainer } from "./reach";
import { runningImages } from "./running-images";
import { runningWorkloads } from "./running-workloads";
import { containerName, dockerClient, stackVolumes } from "./stack-containers";
import { DockerVolumeData } from "./volume-data";

/** A Docker engine as the place of a stack. */
export function dockerAccess(stack: Stack, docker: Docker = dockerClient()): PlatformAccess {
  const volumes = async () => (await stackVolumes(docker, stack)).map(({ Name }) => Name);
  return {
    wellWord: "healthy",
    checkAnswers: async () => {
      try {
        await docker.ping();
        return [];
      } catch {
        return [{ problem: "Docker does not answer.", remedy: "Start it, then run this again." }];
      }
    },
    diagnose: () => diagnoseEngine(docker),
    checkUpdate: async () => [
      ...(await checkDockerEngine(docker, stack)),
      ...(await checkHostPorts(docker, stack)),
      ...(await postgresDataMajors(docker, stack).then(
        (majors) => checkPostgresMajor(stack, majors),
        // An engine that does not answer is told of once.
        () => [],
      )),
    ],
    warnings: () => Promise.resolve([]),
    clearLeftovers: (state, say) => clearDockerLeftovers(docker, stack, state, say),
    leftovers: async (state) => {
      const { containers, networks } = await dockerLeftovers(docker, stack, state);
      return [
        ...containers.map((container) => `container ${containerName(container)}`),
        ...networks.map(({ Name }) => `network ${Name}`),
      ];
    },
    drift: (declared) => dockerDrift(docker, stack, declared),
    watchUpdate: () => HealthWatch.begin(docker, stack),
    running: () => runningWorkloads(docker, stack),
    runningImages: () => runningImages(docker, stack),
    reach: (workload, port) => reachContainer(docker, stack, workload, port),
    execute: (execution) => executeInContainer(docker, stack, execution),
    volumeData: new DockerVolumeData(docker, stack),
    keptData: volumes,
    deleteData: async (say) => {
      for (const name of await volumes()) {
        await docker.getVolume(name).remove();
        say(`Deleted volume ${name}.`);
      }
    },
  };
}
