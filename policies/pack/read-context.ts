import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime/config";
import { readSettings, SECRETS_NAMESPACE } from "../../components/read-settings";
import { parseSettings } from "../../model/settings/parse";
import { describeProblems } from "../../model/settings/problem";
import { resolveStack } from "../../model/stack";
import type { KnownSecret, PolicyContext } from "../policy";

/** Below this many characters a value occurs by chance. */
const SHORTEST_SECRET = 8;

/**
 * The stack under judgement, from the configuration that Pulumi hands a pack, decrypted.
 * @throws RunError with every problem of the settings, as the program itself would.
 */
export function readContext(): PolicyContext {
  const project = pulumi.getProject();
  const name = pulumi.getStack();
  const raw = readSettings(project);
  // A pack is not told which values were encrypted; the program is, and refuses those that were not.
  const secrets = Object.entries(raw.secrets).map(
    ([key, facts]) => [key, { ...facts, encrypted: true }] as const,
  );
  const parsed = parseSettings({ ...raw, secrets: Object.fromEntries(secrets) });
  if (!parsed.ok) throw new pulumi.RunError(describeProblems(name, parsed.problems));
  return { stack: resolveStack(project, name, parsed.settings), secrets: knownSecrets() };
}

function knownSecrets(): KnownSecret[] {
  return Object.entries(allConfig()).flatMap(([label, value]) =>
    label.startsWith(`${SECRETS_NAMESPACE}:`) && value.length >= SHORTEST_SECRET
      ? [{ label, value }]
      : [],
  );
}
