import { spawn } from "node:child_process";

/** Whether a registry has an image; `unknown` with the reason where nobody could tell. */
export type ImageAnswer =
  | { readonly found: "yes" }
  | { readonly found: "no" }
  | { readonly found: "unknown"; readonly reason: string };

/** Knows whether images exist in their registries. */
export interface ImageRegistry {
  /** Asks the registry that an image names, by tag or digest. */
  find(image: string): Promise<ImageAnswer>;
}

const ANSWER_WITHIN_MS = 30_000;
/** The engine speaks plain HTTP to these alone. */
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3})(?::\d+)?\//;
const ABSENT = /no such manifest|manifest unknown|name unknown|NotFound|not found/;

/**
 * Asks by Docker's CLI, which knows the logins and credential helpers that pulling uses too. It asks
 * the registry itself: no engine is needed.
 */
export const dockerRegistry: ImageRegistry = {
  find: (image) =>
    new Promise((resolve) => {
      const insecure = LOOPBACK.test(image) ? ["--insecure"] : [];
      const child = spawn("docker", ["manifest", "inspect", ...insecure, image], {
        stdio: ["ignore", "ignore", "pipe"],
        timeout: ANSWER_WITHIN_MS,
      });
      let said = "";
      child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
      child.once("error", ({ message }) => {
        resolve({ found: "unknown", reason: `docker cannot be run: ${message}` });
      });
      child.once("close", (code, signal) => {
        const reason = said.trim().split("\n").at(-1) ?? "";
        if (code === 0) resolve({ found: "yes" });
        else if (signal !== null)
          resolve({ found: "unknown", reason: `no answer within ${ANSWER_WITHIN_MS / 1000} s` });
        else if (ABSENT.test(reason)) resolve({ found: "no" });
        else if (reason === "")
          resolve({ found: "unknown", reason: `docker ended with code ${String(code)}` });
        else resolve({ found: "unknown", reason });
      });
    }),
};
