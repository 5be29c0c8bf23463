import type { PlannedResource } from "../../cli/plan/planned-resources";

export const CONTAINER = "docker:index/container:Container";
export const VOLUME = "docker:index/volume:Volume";
export const NETWORK = "docker:index/network:Network";
export const REMOTE_IMAGE = "docker:index/remoteImage:RemoteImage";
export const BUILT_IMAGE = "docker:index/image:Image";
export const PASSWORD = "random:index/randomPassword:RandomPassword";

/** The URN of a component of the stack `try`. */
export function componentUrn(name: string, component = "ApiService"): string {
  return `urn:pulumi:try::whalewatch::whalewatch:index:Environment$whalewatch:index:${component}::${name}`;
}

/** A resource of the stack `try` below the component of a workload, and the given fields. */
export function plannedResource(
  type: string,
  name: string,
  given: Partial<PlannedResource> = {},
): PlannedResource {
  const parent = given.parent ?? componentUrn("api");
  return {
    urn: `${parent.slice(0, parent.lastIndexOf("::"))}$${type}::${name}`,
    type,
    name,
    parent,
    formerUrns: [],
    provider: null,
    protect: false,
    retainOnDelete: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    inputs: {},
    from: {},
    ...given,
  };
}
