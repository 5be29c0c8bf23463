import { z } from "zod";
import type { DeclaredResource } from "../declared-resources";
import { type Finding, shown } from "../finding";
import type { FoundNetwork } from "./engine";

/** Type token of a network. */
export const NETWORK = "docker:index/network:Network";

const inputsSchema = z.object({
  name: z.string(),
  internal: z.boolean().default(false),
  options: z.record(z.string(), z.string()).default({}),
});

/**
 * What of a network is other than declared: whether it is closed, its options, and members that the
 * stack did not put there, who may talk to everything on it.
 * @param ours ids of the stack's containers.
 */
export function compareNetwork(
  resource: DeclaredResource,
  found: FoundNetwork,
  ours: ReadonlySet<string>,
): Finding[] {
  const { name, internal, options } = inputsSchema.parse(resource.inputs);
  const told = { resource: resource.name, urn: resource.urn, cause: "drift" as const };
  const anew = { by: "replace", urns: [resource.urn] } as const;
  const closed: Finding[] =
    found.Internal === internal
      ? []
      : [
          {
            ...told,
            property: "internal",
            declared: shown(internal),
            found: shown(found.Internal),
            mend: anew,
          },
        ];
  const changed = Object.entries(options).flatMap(([option, value]): Finding[] => {
    const there = found.Options?.[option];
    if (there === value) return [];
    const property = `options ${option}`;
    return [{ ...told, property, declared: shown(value), found: shown(there), mend: anew }];
  });
  const strangers = Object.entries(found.Containers ?? {})
    .filter(([id]) => !ours.has(id))
    .map(([, { Name }]): Finding => {
      const command = `docker network disconnect ${name} ${Name}`;
      return {
        ...told,
        property: `members ${Name}`,
        declared: "absent",
        found: "joined",
        mend: { by: "hand", command },
      };
    });
  return [...closed, ...changed, ...strangers];
}
