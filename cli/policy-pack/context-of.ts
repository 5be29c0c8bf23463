import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { SECRETS_NAMESPACE, settingsOf } from "../../components/read-settings";
import { parseSettings } from "../../model/settings/parse";
import { describeProblems } from "../../model/settings/problem";
import { resolveStack } from "../../model/resolve-stack";
import type { PolicyContext } from "../../policies/policy";
import { SHORTEST_CANARY } from "../engine/canaries";

/**
 * The stack under judgement, from the configuration that Pulumi tells a pack, decrypted.
 * @throws Error with every problem of the settings, in the words of the program itself.
 */
export function contextOf(request: AnalyzerStackConfigureRequest): PolicyContext {
  const project = request.getProject();
  const name = request.getStack();
  const config = new Map<string, string>(request.getConfigMap().getEntryList());
  const secretKeys = request.getConfigSecretKeysList();
  const parsed = parseSettings(settingsOf(project, name, [...config], secretKeys));
  if (!parsed.ok) throw new Error(describeProblems(name, parsed.problems));
  const secrets = [...config].flatMap(([label, value]) =>
    label.startsWith(`${SECRETS_NAMESPACE}:`) && value.length >= SHORTEST_CANARY
      ? [{ label, value }]
      : [],
  );
  return { stack: resolveStack(project, name, parsed.settings), secrets };
}
