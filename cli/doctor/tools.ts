import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import type { Settings } from "../../model/settings/schema";
import type { PulumiCli } from "../pulumi/pulumi-cli";
import { type Diagnosis, fail, ok, warn } from "./diagnosis";

/** The oldest Node.js that package.json allows. */
const OLDEST_NODE = [20, 19] as const;
/** The oldest Pulumi CLI that the live tests run with. */
const OLDEST_PULUMI = [3, 230] as const;

/** The providers that each platform's program loads. */
const PROVIDERS: Readonly<Record<Settings["platform"], readonly string[]>> = {
  docker: ["docker", "random"],
  kubernetes: ["kubernetes", "random"],
};

const packageSchema = z.object({ version: z.string() });

/** Whether Node.js is new enough. */
export function checkNode(version: string = process.versions.node): Diagnosis {
  if (isAtLeast(version, OLDEST_NODE)) return ok("node", version);
  return fail("node", `${version}, and ${OLDEST_NODE.join(".")} is needed`, "Install Node.js 22.");
}

/** Whether the Pulumi CLI is there, and not older than what was tried. */
export function checkPulumi(pulumi: Pick<PulumiCli, "check" | "read">): Diagnosis {
  const [obstacle] = pulumi.check();
  if (obstacle !== undefined) return fail("pulumi", obstacle.problem, obstacle.remedy);
  const version = pulumi.read(["version"]).trim().replace(/^v/, "");
  if (isAtLeast(version, OLDEST_PULUMI)) return ok("pulumi", version);
  return warn(
    "pulumi",
    `${version}, older than ${OLDEST_PULUMI.join(".")}, the oldest that was tried`,
    "Update it, as its documentation says (pulumi.com/docs/install).",
  );
}

/** Whether the provider plugins are there, in the versions of the packages. */
export function checkPlugins(
  directory: string,
  platform: Settings["platform"],
  given: NodeJS.ProcessEnv = process.env,
): Diagnosis {
  const home = given["PULUMI_HOME"] ?? path.join(given["HOME"] ?? homedir(), ".pulumi");
  const wanted = PROVIDERS[platform].map((name) => {
    const file = path.join(directory, "node_modules/@pulumi", name, "package.json");
    if (!existsSync(file)) return { name, version: undefined };
    return { name, version: packageSchema.parse(JSON.parse(readFileSync(file, "utf8"))).version };
  });
  const lacking = wanted.filter(({ version }) => version === undefined);
  if (lacking.length > 0) {
    const names = lacking.map(({ name }) => `@pulumi/${name}`).join(", ");
    return fail("plugins", `The packages are not installed: ${names}`, "Run: npm ci");
  }
  const plugins = wanted.map(({ name, version = "" }) => ({ name, version }));
  const missing = plugins.filter(
    ({ name, version }) => !existsSync(path.join(home, "plugins", `resource-${name}-v${version}`)),
  );
  const list = (some: typeof plugins): string =>
    some.map(({ name, version }) => `${name} ${version}`).join(", ");
  if (missing.length === 0) return ok("plugins", list(plugins));
  const commands = missing.map(
    ({ name, version }) => `npm run pulumi -- plugin install resource ${name} v${version}`,
  );
  const found = `Not installed: ${list(missing)}`;
  return given["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] === "true"
    ? fail("plugins", found, commands.join(" && "))
    : warn("plugins", found, `The next up downloads them. To do it now: ${commands.join(" && ")}`);
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ofMajor = 0, ofMinor = 0] = version.split(".").map(Number);
  return ofMajor > major || (ofMajor === major && ofMinor >= minor);
}
