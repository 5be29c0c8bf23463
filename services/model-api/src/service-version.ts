import manifest from "../package.json" with { type: "json" };

/** The released version of this service. */
export const SERVICE_VERSION = manifest.version;
