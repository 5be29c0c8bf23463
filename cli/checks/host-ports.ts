import { createServer } from "node:net";
import type { Stack } from "../../model/stack";
import { type ContainerLister, stackContainers } from "../docker/stack-containers";
import type { Obstacle } from "./check";

/** Are the host ports free that the stack publishes, but for those it holds already? */
export async function checkHostPorts(docker: ContainerLister, stack: Stack): Promise<Obstacle[]> {
  const containers = await stackContainers(docker, stack).catch(() => []);
  const held = containers.flatMap(({ Ports }) => Ports.map(({ PublicPort }) => PublicPort));
  const wanted = stack.workloads.flatMap(({ name, ports }) =>
    ports.flatMap(({ publish }) =>
      publish && !held.includes(publish.port) ? [{ name, ...publish }] : [],
    ),
  );
  const answers = await Promise.all(
    wanted.map(async ({ name, port, address }): Promise<Obstacle[]> => {
      const code = await bindingError(port, address);
      const problem = `${name} publishes ${address}:${port}, which cannot be had`;
      const file = `Pulumi.${stack.name}.yaml`;
      if (code === "EADDRINUSE") {
        return [
          {
            problem: `${problem}: another program listens on it.`,
            remedy: `Stop what holds it (see: ss -ltnp "sport = :${port}"), or choose another publish port in ${file}.`,
          },
        ];
      }
      if (code === "EADDRNOTAVAIL") {
        return [
          {
            problem: `${problem}: this machine has no such address.`,
            remedy: `Choose an address of this machine for it in ${file}, or leave it out for 127.0.0.1.`,
          },
        ];
      }
      // Such as EACCES below port 1024, where the engine may listen and this user may not.
      return [];
    }),
  );
  return answers.flat();
}

/** Why a port cannot be listened on; undefined when it can. An engine elsewhere is not asked. */
function bindingError(port: number, address: string): Promise<string | undefined> {
  if (process.env["DOCKER_HOST"]?.startsWith("unix:") === false) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code);
    });
    server.listen(port, address, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}
