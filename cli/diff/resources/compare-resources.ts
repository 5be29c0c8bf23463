import { type PlannedResource, UNKNOWN } from "../../plan/planned-resources";
import type { PlainValue } from "../../render/plain-value";
import { drawsSecret, effectOf, isUnordered, renewsOutputs } from "./effect";
import type { Effect } from "./type-effects";
import { propertyChanges, type ValueChange } from "./property-changes";

/** What an update does to a resource. `recorded`: nothing happens to what it stands for. */
export type Action = "created" | "changed" | "recorded" | "replaced" | "deleted";

/** A property that differs, and what that does. */
export interface PropertyChange extends ValueChange {
  readonly effect: Effect;
}

/** A resource that the second plan treats differently. */
export interface ResourceChange {
  readonly action: Action;
  /** As it will be, or was if it is deleted. */
  readonly resource: PlannedResource;
  /** As it was; absent for one that is created. */
  readonly former?: PlannedResource;
  /** What differs; empty for one that comes or goes. */
  readonly properties: readonly PropertyChange[];
}

/** What is known beyond the two plans. */
export interface Surroundings {
  /** URNs of images whose build context changed, though no setting of them did. */
  readonly rebuilt?: ReadonlySet<string>;
}

/**
 * Tells what an update from the first plan's resources to the second's does to each, in the order of
 * the second plan, what is deleted last. A value that only the update knows counts as changed where
 * the resource that gives it is made anew.
 */
export function compareResources(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
  { rebuilt = new Set() }: Surroundings = {},
): ResourceChange[] {
  const old = new Map(before.map((resource) => [resource.urn, resource]));
  const matched = new Map<string, PlannedResource>();
  for (const resource of after) {
    const urn = [resource.urn, ...resource.formerUrns].find((known) => old.has(known));
    const former = urn === undefined ? undefined : old.get(urn);
    if (former !== undefined) matched.set(resource.urn, former);
  }
  const renewed = new Set<string>(rebuilt);
  const present = providersFirst(after).flatMap((resource): ResourceChange[] => {
    const former = matched.get(resource.urn);
    if (former === undefined) return [{ action: "created", resource, properties: [] }];
    const properties = changedProperties(former, resource, renewed, matched);
    const action = rebuilt.has(resource.urn) ? "changed" : actionOf(properties);
    if (action === undefined) return [];
    if (action === "replaced" || renewsOutputs(resource.type)) renewed.add(resource.urn);
    return [{ action, resource, former, properties }];
  });
  const kept = new Set([...matched.values()].map(({ urn }) => urn));
  const deleted = before
    .filter(({ urn }) => !kept.has(urn))
    .map((resource): ResourceChange => ({ action: "deleted", resource, properties: [] }));
  return [...present, ...deleted];
}

/** Whatever a provider makes is made anew when the provider is. */
function providersFirst(resources: readonly PlannedResource[]): PlannedResource[] {
  const isProvider = ({ type }: PlannedResource): boolean => type.startsWith("pulumi:providers:");
  const others = resources.filter((resource) => !isProvider(resource));
  return [...resources.filter(isProvider), ...others];
}

function actionOf(properties: readonly PropertyChange[]): Action | undefined {
  const effects = new Set(properties.map(({ effect }) => effect));
  if (effects.has("replaces")) return "replaced";
  if (effects.has("in place") || effects.has("never applied")) return "changed";
  return effects.size > 0 ? "recorded" : undefined;
}

function changedProperties(
  former: PlannedResource,
  resource: PlannedResource,
  renewed: ReadonlySet<string>,
  matched: ReadonlyMap<string, PlannedResource>,
): PropertyChange[] {
  const { type, ignoreChanges, provider } = resource;
  const plain = propertyChanges(former.inputs, resource.inputs, (name) => isUnordered(type, name));
  const told = new Set(plain.map(({ path }) => path[0]));
  const derived = Object.keys(resource.inputs)
    .filter((name) => !told.has(name))
    .filter((name) => isRenewed(name, former, resource, renewed, matched))
    .map((name): ValueChange => ({ path: [name], shown: name }));
  const own = [...plain, ...derived]
    .filter(({ path: [name = ""] }) => !ignoreChanges.includes(name))
    .map((change): PropertyChange => ({ ...change, effect: effectOf(resource, change.path) }));
  const moves = provider !== null && renewed.has(provider);
  return moves ? [{ path: [], shown: "provider", effect: "replaces" }, ...own] : own;
}

/** Whether a value that the plan does not know, or made up, will be another after the update. */
function isRenewed(
  name: string,
  former: PlannedResource,
  resource: PlannedResource,
  renewed: ReadonlySet<string>,
  matched: ReadonlyMap<string, PlannedResource>,
): boolean {
  const value = resource.inputs[name];
  const givers = resource.from[name] ?? [];
  const drawnAnew = givers.some((urn) => renewed.has(urn) && drawsSecret(matched.get(urn)?.type));
  if (drawnAnew) return true;
  if (value === undefined || !holdsUnknown(value)) return false;
  const formerGivers = givers.map((urn) => matched.get(urn)?.urn ?? urn);
  const others = [...formerGivers].sort().join() !== [...(former.from[name] ?? [])].sort().join();
  return others || givers.some((urn) => renewed.has(urn));
}

function holdsUnknown(value: PlainValue): boolean {
  if (typeof value === "string") return value === UNKNOWN;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some((item: PlainValue) => holdsUnknown(item));
}
