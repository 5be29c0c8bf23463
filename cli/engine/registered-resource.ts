import { type Alias } from "@pulumi/pulumi/proto/alias_pb";
import {
  type ReadResourceRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { type RegisteredResource, type ResourceAlias } from "./program-run";
import { decodeProperties } from "./wire-values";

/** A registration as plain data. */
export function registeredResource(
  request: RegisterResourceRequest,
  urn: string,
): RegisteredResource {
  const parent = request.getParent();
  const propertyDependencies = [...request.getPropertydependenciesMap().entries()]
    .map(([property, dependencies]) => [property, dependencies.getUrnsList()] as const)
    .filter(([, urns]) => urns.length > 0);
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    ...(parent !== "" && { parent }),
    custom: request.getCustom(),
    external: false,
    inputs: decodeProperties(request.getObject()?.toJavaScript() ?? {}),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(propertyDependencies),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: request.getAliasesList().map(resourceAlias),
    version: request.getVersion(),
    provider: request.getProvider(),
    deletedWith: request.getDeletedwith(),
  };
}

/** A resource that the program reads instead of managing it, as plain data. */
export function readRegistered(request: ReadResourceRequest, urn: string): RegisteredResource {
  const parent = request.getParent();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    ...(parent !== "" && { parent }),
    custom: true,
    external: true,
    inputs: decodeProperties(request.getProperties()?.toJavaScript() ?? {}),
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    deleteBeforeReplace: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [],
    version: request.getVersion(),
    provider: request.getProvider(),
    deletedWith: "",
  };
}

function resourceAlias(alias: Alias): ResourceAlias {
  const spec = alias.getSpec();
  if (spec === undefined) return { urn: alias.getUrn() };
  const parts: [string, string][] = [
    ["name", spec.getName()],
    ["type", spec.getType()],
    ["project", spec.getProject()],
    ["stack", spec.getStack()],
    ["parentUrn", spec.getParenturn()],
  ];
  return {
    ...Object.fromEntries(parts.filter(([, value]) => value !== "")),
    ...(spec.getNoparent() && { noParent: true }),
  };
}
