import type { Stack } from "../../../model/stack";
import { stackObjects, type StackObjects } from "../../kubernetes/stack-objects";
import type { Obstacle } from "../check";

/** A DNS label, and the value of a label on an object. */
const LABEL_CHARACTERS = 63;
/** Kubernetes labels a set's pods with its name, a hyphen and a hash of up to ten characters. */
const STATEFUL_SET_CHARACTERS = LABEL_CHARACTERS - 11;

/** Names that the cluster would refuse, found without asking it; the objects where there are none. */
export function checkNames(
  stack: Stack,
): { readonly obstacles: Obstacle[] } | { readonly objects: StackObjects } {
  const objects = stackObjects(stack);
  const obstacles = tooLong(objects).map(({ what, name, most }) => ({
    problem: `${what} would be ${name}: ${name.length} characters, ${most} at most.`,
    remedy: `Choose shorter names in Pulumi.${stack.name}.yaml.`,
  }));
  return obstacles.length > 0 ? { obstacles } : { objects };
}

interface LongName {
  readonly what: string;
  readonly name: string;
  readonly most: number;
}

function tooLong({ objects, controllers }: StackObjects): LongName[] {
  const names = [
    ...objects.flatMap(({ kind, metadata }) => [
      ...(kind === "Service" || kind === "StatefulSet"
        ? [
            {
              what: `The name of ${kind} ${metadata.name}`,
              name: metadata.name,
              most: mostFor(kind),
            },
          ]
        : []),
      ...Object.entries(metadata.labels).map(([label, value]) => ({
        what: `The label ${label} of ${kind} ${metadata.name}`,
        name: value,
        most: LABEL_CHARACTERS,
      })),
    ]),
    ...controllers.flatMap(({ metadata, spec }) => {
      const { containers, volumes } = spec.template.spec;
      return [...containers, ...volumes].map(({ name }) => ({
        what: `A container or volume in the pods of ${metadata.name}`,
        name,
        most: LABEL_CHARACTERS,
      }));
    }),
  ];
  const long = names.filter(({ name, most }) => name.length > most);
  // The same label stands on many objects; one line is enough.
  return [...new Map(long.map((entry) => [entry.name, entry])).values()];
}

const mostFor = (kind: "Service" | "StatefulSet"): number =>
  kind === "StatefulSet" ? STATEFUL_SET_CHARACTERS : LABEL_CHARACTERS;
