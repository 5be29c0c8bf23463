import { createServer } from "node:net";
import type Docker from "dockerode";
import type { Stack } from "../../model/stack";
import { stackContainers } from "../docker/stack-containers";
import type { Obstacle } from "./check";

/** Are the host ports free that the stack publishes, but for those it holds already? */
export async function checkHostPorts(docker: Docker, stack: Stack): Promise<Obstacle[]> {
  const containers = await stackContainers(docker, stack).catch(() => []);
  const held = containers.flatMap(({ Ports }) => Ports.map(({ PublicPort }) => PublicPort));
  const wanted = stack.workloads.flatMap(({ name, ports }) =>
    ports.flatMap(({ publish }) =>
      publish && !held.includes(publish.port) ? [{ name, ...publish }] : [],
    ),
  );
  const answers = await Promise.all(
    wanted.map(async ({ name, port, address }): Promise<Obstacle[]> => {
      const reason = await whyTaken(port, address);
      if (reason === undefined) return [];
      return [
        {
          problem: `${name} publishes ${address}:${port}, which cannot be had: ${reason}.`,
          remedy: `Stop what holds it (see: ss -ltnp "sport = :${port}"), or choose another publish port in Pulumi.${stack.name}.yaml.`,
        },
      ];
    }),
  );
  return answers.flat();
}

/** Why a port cannot be listened on; undefined when it can. An engine elsewhere is not asked. */
function whyTaken(port: number, address: string): Promise<string | undefined> {
  if (process.env["DOCKER_HOST"]?.startsWith("unix:") === false) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "EADDRINUSE" ? "another program listens on it" : error.message);
    });
    server.listen(port, address, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}
