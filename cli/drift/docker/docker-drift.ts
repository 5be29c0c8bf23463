import type { StackIdentity } from "../../../model/stack-identity";
import { dockerLeftovers } from "../../docker/leftovers";
import { containerName } from "../../docker/stack-containers";
import type { DeclaredResource } from "../declared-resources";
import type { Finding } from "../finding";
import { compareContainer } from "./compare-container";
import { compareFiles } from "./compare-files";
import { compareNetwork, NETWORK } from "./compare-network";
import { type DeclaredContainer, declaredContainers } from "./declared-container";
import {
  findContainer,
  findImage,
  findNetwork,
  type FoundContainer,
  type ReadableEngine,
} from "./engine";
import { readDirectory } from "./read-files";

/** A declared container that the engine has in some form. */
interface Present {
  readonly declared: DeclaredContainer;
  readonly found: FoundContainer;
}

/**
 * What of a stack on an engine is other than the last update declared, as far as the engine tells: every
 * property of the containers, the files in their volumes, the networks and who is on them, and what
 * carries the stack's labels without being in the state. Changes nothing.
 */
export async function dockerDrift(
  docker: ReadableEngine,
  stack: StackIdentity,
  declared: readonly DeclaredResource[],
): Promise<Finding[]> {
  const containers = declaredContainers(declared);
  const present: Present[] = [];
  const findings: Finding[] = [];
  for (const container of containers) {
    const { id, inputs, resource } = container;
    const found = (await findContainer(docker, id)) ?? (await findContainer(docker, inputs.name));
    if (found === undefined) findings.push(absent(resource));
    else present.push({ declared: container, found });
  }
  for (const { declared: container, found } of present) {
    const image = await findImage(docker, found.Image);
    const declaredImageId = (await findImage(docker, container.inputs.image))?.Id;
    findings.push(...compareContainer({ declared: container, found, image, declaredImageId }));
  }
  findings.push(...(await fileDrift(docker, containers, present)));
  const ours = new Set(present.map(({ found }) => found.Id));
  for (const network of declared.filter(({ type }) => type === NETWORK)) {
    const found = await findNetwork(docker, network.id ?? "");
    findings.push(
      ...(found === undefined ? [absent(network)] : compareNetwork(network, found, ours)),
    );
  }
  return [...findings, ...(await unknownToState(docker, stack, declared, ours))];
}

function absent({ name, urn }: DeclaredResource): Finding {
  return {
    ...{ resource: name, urn, property: "existence", declared: "exists", found: "absent" },
    cause: "drift",
    mend: { by: "refresh" },
  };
}

/** Files are read where their carrier is, or else where a container that reads them has them. */
async function fileDrift(
  docker: ReadableEngine,
  containers: readonly DeclaredContainer[],
  present: readonly Present[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const carrier of containers.filter(({ inputs }) => inputs.uploads.length > 0)) {
    for (const { volumeName: volume, containerPath: directory } of carrier.inputs.volumes) {
      if (volume === undefined) continue;
      const mounts = present.flatMap(({ declared, found }) =>
        found.Mounts.filter(({ Name }) => Name === volume).map(({ Destination }) => ({
          ...{ declared, id: found.Id, path: Destination },
        })),
      );
      const readers = mounts.map(({ declared }) => declared).filter(({ id }) => id !== carrier.id);
      const place = mounts.find(({ declared }) => declared.id === carrier.id) ?? mounts[0];
      // Nothing mounts it, so every container that would is told as absent or without its volume.
      if (place === undefined || place.path !== directory) continue;
      const found = (await readDirectory(docker, place.id, place.path)) ?? new Map();
      findings.push(...compareFiles({ carrier, volume, directory, found, readers }));
    }
  }
  return findings;
}

/** What carries the stack's labels, and no update of this state made. */
async function unknownToState(
  docker: ReadableEngine,
  stack: StackIdentity,
  declared: readonly DeclaredResource[],
  ours: ReadonlySet<string>,
): Promise<Finding[]> {
  const ids = new Set([...declared.flatMap(({ id }) => id ?? []), ...ours]);
  const told = {
    property: "existence",
    declared: "not in the state",
    found: "exists",
    cause: "drift" as const,
    mend: { by: "hand", command: `npm run doctor -- --stack ${stack.name} --fix` } as const,
  };
  const { containers, networks } = await dockerLeftovers(docker, stack, { ids });
  return [
    ...containers.map((found) => ({ resource: `container ${containerName(found)}`, ...told })),
    ...networks.map(({ Name }) => ({ resource: `network ${Name}`, ...told })),
  ];
}
