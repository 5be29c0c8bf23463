import { execFile, type ExecFileException } from "node:child_process";

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
      const args = ["manifest", "inspect", ...(LOOPBACK.test(image) ? ["--insecure"] : []), image];
      // Not by spawn: where there is no such program, its timer would keep the process for all its time.
      execFile("docker", args, { timeout: ANSWER_WITHIN_MS }, (error, _, said) => {
        resolve(error === null ? { found: "yes" } : notFound(error, said));
      });
    }),
};

/** What it means that the CLI did not say yes. */
function notFound({ code, killed, message }: ExecFileException, said: string): ImageAnswer {
  const unknown = (reason: string) => ({ found: "unknown", reason }) as const;
  if (typeof code === "string") return unknown(`docker cannot be run: ${message}`);
  if (killed === true) return unknown(`no answer within ${ANSWER_WITHIN_MS / 1000} s`);
  const reason = said.trim().split("\n").at(-1) ?? "";
  if (ABSENT.test(reason)) return { found: "no" };
  return unknown(reason === "" ? `docker ended with code ${String(code)}` : reason);
}
