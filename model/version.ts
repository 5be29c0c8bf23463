import { version } from "../package.json";

/** The version of this program, as its releases are named. */
export const VERSION = version;
