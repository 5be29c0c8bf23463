import { MASKED } from "../declared-resources";
import { type Finding, type Mend, shown } from "../finding";
import { CONTAINER_PROPERTIES } from "./container-properties";
import type { DeclaredContainer } from "./declared-container";
import type { FoundContainer, FoundImage } from "./engine";

/** A declared container and what the engine has in its place. */
export interface ContainerPair {
  readonly declared: DeclaredContainer;
  readonly found: FoundContainer;
  /** The image that the container was made from; undefined when the engine has it no more. */
  readonly image: FoundImage | undefined;
  /** The id of the declared image; undefined when the engine does not have it. */
  readonly declaredImageId: string | undefined;
}

/** One difference of a container, before it is told with its resource. */
type Difference = Pick<Finding, "property" | "declared" | "found"> & { readonly mend?: Mend };

/** What of a container is other than declared. Values of the environment that nobody declared are not shown. */
export function compareContainer(pair: ContainerPair): Finding[] {
  const { declared, found } = pair;
  const { resource } = declared;
  const replace: Mend = { by: "replace", urns: [resource.urn] };
  // What took the name by hand is in the way of every update.
  const standIn = found.Id !== declared.id;
  const byHand: Mend = {
    by: "hand",
    command: `docker rm -f ${declared.inputs.name}`,
    thenUpdate: true,
  };
  const differences: Difference[] = [
    ...(standIn
      ? [{ property: "existence", declared: "as Pulumi made it", found: "made by somebody else" }]
      : []),
    ...wholeProperties(pair),
    ...environment(pair),
    ...labels(pair),
    ...imageOf(pair),
    ...networks(pair),
  ];
  return differences.map(({ mend = replace, ...difference }) => ({
    resource: resource.name,
    urn: resource.urn,
    ...difference,
    ...(hides(resource.secretInputs, difference.property) && {
      declared: MASKED,
      found: "differs",
    }),
    cause: "drift" as const,
    mend: standIn ? byHand : mend,
  }));
}

const hides = (secrets: ReadonlySet<string>, property: string): boolean =>
  secrets.has(property.split(" ", 1)[0] ?? "");

function wholeProperties({ declared: { inputs }, found }: ContainerPair): Difference[] {
  return CONTAINER_PROPERTIES.flatMap((property): Difference[] => {
    const wanted = property.declared(inputs);
    const there = property.found(found);
    if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(there)) return [];
    return [
      {
        property: property.name,
        ...sides(wanted, there),
        ...(property.readBack === true && { mend: { by: "refresh" } as const }),
      },
    ];
  });
}

/** Of two lists only what one has and the other has not; of anything else all. */
function sides(wanted: unknown, there: unknown): { declared: string; found: string } {
  if (!Array.isArray(wanted) || !Array.isArray(there)) {
    return { declared: shown(wanted), found: shown(there) };
  }
  const without = (list: readonly unknown[], other: readonly unknown[]): string =>
    shown(list.filter((entry) => !other.includes(entry)));
  return { declared: without(wanted, there), found: without(there, wanted) };
}

function environment({ declared: { inputs }, found, image }: ContainerPair): Difference[] {
  // Without the image nobody can tell what it sets by itself.
  if (image === undefined) return [];
  const own = variables(inputs.envs);
  const wanted = new Map([...variables(image.Config?.Env ?? []), ...own]);
  const there = variables(found.Config.Env ?? []);
  return [...new Set([...wanted.keys(), ...there.keys()])].sort().flatMap((name): Difference[] => {
    if (wanted.get(name) === there.get(name)) return [];
    const value = own.get(name) ?? (wanted.has(name) ? "as the image has it" : "not set");
    const now = !there.has(name) ? "not set" : wanted.has(name) ? "another value" : "set";
    return [{ property: `envs ${name}`, declared: shown(value), found: now }];
  });
}

function variables(list: readonly string[]): Map<string, string> {
  return new Map(
    list.map((entry) => {
      const [name = ""] = entry.split("=", 1);
      return [name, entry.slice(name.length + 1)];
    }),
  );
}

/** Labels that tools add are theirs; those that were declared must be there. */
function labels({ declared: { inputs }, found }: ContainerPair): Difference[] {
  return inputs.labels.flatMap(({ label, value }): Difference[] => {
    const there = found.Config.Labels?.[label];
    if (there === value) return [];
    return [{ property: `labels ${label}`, declared: shown(value), found: shown(there) }];
  });
}

function imageOf({ declared: { inputs }, found, declaredImageId }: ContainerPair): Difference[] {
  if (declaredImageId === undefined) {
    return [{ property: "image", declared: shown(inputs.image), found: "not on the engine" }];
  }
  if (declaredImageId === found.Image) return [];
  return [{ property: "image", declared: shown(declaredImageId), found: shown(found.Image) }];
}

function networks({ declared: { inputs }, found }: ContainerPair): Difference[] {
  // A container that never ran has not joined anything yet.
  if (!found.State.Running) return [];
  const joined = new Map(
    Object.entries(found.NetworkSettings.Networks).map(([name, { NetworkID, Aliases }]) => [
      NetworkID,
      { name, aliases: Aliases ?? [] },
    ]),
  );
  const wanted = new Map(inputs.networksAdvanced.map(({ name, aliases }) => [name, aliases]));
  if (wanted.size === 0) return [];
  const missing = [...wanted].flatMap(([id, aliases]): Difference[] => {
    const there = joined.get(id);
    const property = `networksAdvanced ${there?.name ?? id.slice(0, 12)}`;
    if (there === undefined) return [{ property, declared: "joined", found: "not joined" }];
    const lost = aliases.filter((alias) => !there.aliases.includes(alias));
    if (lost.length === 0) return [];
    return [{ property, declared: `found as ${lost.join(", ")}`, found: "not found by that name" }];
  });
  const strange = [...joined].flatMap(([id, { name }]): Difference[] => {
    if (wanted.has(id)) return [];
    const command = `docker network disconnect ${name} ${inputs.name}`;
    return [
      {
        property: `networksAdvanced ${name}`,
        declared: "not joined",
        found: "joined",
        mend: { by: "hand", command },
      },
    ];
  });
  return [...missing, ...strange];
}
