import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { UserError } from "../user-error";

/** Folder of the state where no backend is set, below the project; git ignores it. */
export const STATE_FOLDER = ".pulumi-state";

/** What begins the address of a backend that Pulumi knows. */
const SCHEMES = ["file", "s3", "gs", "azblob", "postgres", "https", "http"];

/** Where the state is, and what says so. */
export interface StateBackend {
  readonly url: string;
  readonly setBy: "PULUMI_BACKEND_URL" | "backend.url of Pulumi.yaml" | "pulumi login" | "default";
}

const projectSchema = z
  .object({ backend: z.object({ url: z.string().optional() }).optional() })
  .nullable();
const credentialsSchema = z.object({ current: z.string().optional() }).catch({});

/**
 * The backend that Pulumi will use, in Pulumi's own order: PULUMI_BACKEND_URL, `backend.url` of
 * Pulumi.yaml, `pulumi login`. Where there is none of them, the folder .pulumi-state.
 * @throws UserError when Pulumi.yaml names one that Pulumi does not know.
 */
export function stateBackend(
  directory: string,
  given: NodeJS.ProcessEnv = process.env,
): StateBackend {
  // Pulumi takes an empty backend for none.
  const ofEnvironment = given["PULUMI_BACKEND_URL"] ?? "";
  if (ofEnvironment !== "") return { url: ofEnvironment, setBy: "PULUMI_BACKEND_URL" };
  const ofProject = projectBackend(directory);
  if (ofProject !== "") return { url: ofProject, setBy: "backend.url of Pulumi.yaml" };
  const ofLogin = currentLogin(given);
  if (ofLogin !== "") return { url: ofLogin, setBy: "pulumi login" };
  return { url: `file://${path.join(directory, STATE_FOLDER)}`, setBy: "default" };
}

function projectBackend(directory: string): string {
  const file = path.join(directory, "Pulumi.yaml");
  if (!existsSync(file)) return "";
  const parsed = projectSchema.safeParse(parseDocument(readFileSync(file, "utf8")).toJS());
  if (!parsed.success) {
    throw new UserError(
      "Pulumi.yaml: backend is to be a mapping with a url, such as backend: { url: s3://bucket }.",
    );
  }
  const url = parsed.data?.backend?.url ?? "";
  const scheme = url.split(":", 1)[0] ?? "";
  if (url !== "" && !(url.includes("://") && SCHEMES.includes(scheme))) {
    const allowed = SCHEMES.map((known) => `${known}://`).join(", ");
    throw new UserError(
      `Pulumi.yaml: backend.url: found ${JSON.stringify(url)}; allowed is what begins with one of ${allowed}.`,
    );
  }
  return url;
}

/** Where `pulumi login` was used last: the CLI keeps it in a file. */
function currentLogin(given: NodeJS.ProcessEnv): string {
  const home = given["PULUMI_HOME"] ?? path.join(given["HOME"] ?? homedir(), ".pulumi");
  const file = path.join(home, "credentials.json");
  if (!existsSync(file)) return "";
  return credentialsSchema.parse(JSON.parse(readFileSync(file, "utf8"))).current ?? "";
}
