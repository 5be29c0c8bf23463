import type { Finding } from "../../../cli/drift/finding";

/** URN of the resource that the tests are about. */
export const URN = "urn:pulumi:dev::whalewatch::docker:index/container:Container::api";
/** Its type. */
export const TYPE = "docker:index/container:Container";

/** The export of a state with this resource alone. */
export const exported = (inputs: unknown): string =>
  JSON.stringify({ deployment: { resources: [{ urn: URN, type: TYPE, id: "1", inputs }] } });

/** A finding about it. */
export const finding = (given: Partial<Finding> = {}): Finding => ({
  ...{ resource: "api", urn: URN, property: "memory", declared: "96", found: "80" },
  ...{ cause: "drift", mend: { by: "refresh" } },
  ...given,
});

/** A resource in one state of a preview. */
export const state = (inputs: unknown, outputs: unknown = inputs, type = TYPE) => ({
  ...{ type, custom: true, inputs, outputs },
});
