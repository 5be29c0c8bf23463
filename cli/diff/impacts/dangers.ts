import type { PlannedResource } from "../../plan/planned-resources";
import type { ResourceChange } from "../resources/compare-resources";
import type { Difference } from "./impact";
import { kindOf } from "./impacts";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const DOCKER_VOLUME = "docker:index/volume:Volume";
const HOLDS_DATA = [
  DOCKER_VOLUME,
  "kubernetes:core/v1:PersistentVolumeClaim",
  "kubernetes:core/v1:Namespace",
];

/**
 * What must be looked at before anything else: data or passwords that are lost, what Pulumi refuses,
 * protection that ends, ports that other machines reach, memory that the host does not have.
 */
export function dangersOf(difference: Difference): string[] {
  const { before, after, comparison, changes } = difference;
  const stack = after.plan.stack;
  const open = comparison.published.added.filter((port) => !/: (?:127\.|::1)/.test(port));
  const { limitsMiB, hostMiB } = after.plan.budget;
  return [
    ...changes.flatMap((change) => lossOf(change, stack)),
    ...unprotected(before.resources, after.resources),
    ...open.map((port) => `\`${port}\` is reachable from other machines.`),
    ...(limitsMiB > hostMiB && hostMiB > 0
      ? [`The memory limits, ${limitsMiB} MiB, are more than the host's ${hostMiB} MiB.`]
      : []),
  ];
}

function lossOf({ action, resource, former }: ResourceChange, stack: string): string[] {
  if (action !== "deleted" && action !== "replaced") return [];
  // Pulumi goes by the state; what is no longer protected may be replaced in the same update.
  const refused = former === undefined ? resource.protect : former.protect && resource.protect;
  const loss = whatIsLost(former ?? resource, action);
  if (!refused) return loss === undefined ? [] : [`**${nameOf(resource)}** is ${action}: ${loss}`];
  const name = `${nameOf(resource)} would be ${action}, and it is protected.`;
  const allow =
    action === "deleted"
      ? `\`npm run up\` asks first, or takes \`--let-go\``
      : `to allow it, \`npm run pulumi -- state unprotect '${(former ?? resource).urn}' --stack ${stack}\``;
  return [`**Refused by Pulumi:** ${name} Then: ${loss ?? "it goes."} (${allow})`];
}

/** What goes with a resource; undefined where nothing does that could not be made again. */
function whatIsLost(resource: PlannedResource, action: string): string | undefined {
  const { type, name, retainOnDelete } = resource;
  if (type === PASSWORD) {
    return action === "replaced"
      ? "another password is drawn; whatever was set up with the old one refuses the new one."
      : "the password is lost; what it opens must be taken away or opened first.";
  }
  const holdsData =
    HOLDS_DATA.includes(type) && !(type === DOCKER_VOLUME && name.endsWith("-files"));
  if (!holdsData) return undefined;
  if (!retainOnDelete) return "**its data is lost.**";
  return "its data stays where it is, and no stack looks after it.";
}

function unprotected(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
): string[] {
  const protectedOnce = new Set(before.filter(({ protect }) => protect).map(({ urn }) => urn));
  return after
    .filter(({ urn, protect }) => !protect && protectedOnce.has(urn))
    .map((resource) => `**${nameOf(resource)}** is no longer protected against deletion.`);
}

function nameOf({ type, name }: PlannedResource): string {
  return `${kindOf(type)} ${name}`;
}
