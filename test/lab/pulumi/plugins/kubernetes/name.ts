import { createHash } from "node:crypto";
import type { CheckContext } from "../protocol/resource";
import type { Properties } from "../protocol/values";
import { annotationOf, nameOf, objectAt, withMetadata } from "./api-object";

/** The annotation of an object that the plugin named. */
export const AUTONAMED = "pulumi.com/autonamed";

/** Gives an object without a name `<name>-<8 hex digits>`, and keeps that name over updates. */
export function withObjectName(inputs: Properties, context: CheckContext): Properties {
  const metadata = objectAt(inputs, "metadata");
  if (metadata["name"] !== undefined && metadata["name"] !== "") return inputs;
  const old = annotationOf(context.olds, AUTONAMED) === "true" ? nameOf(context.olds) : "";
  const annotations = { ...objectAt(metadata, "annotations"), [AUTONAMED]: "true" };
  return withMetadata(inputs, { name: old === "" ? drawnName(context) : old, annotations });
}

function drawnName(context: CheckContext): string {
  const hash = createHash("sha256").update(context.seed).update(context.name).digest("hex");
  return `${context.name}-${hash.slice(0, 8)}`;
}
