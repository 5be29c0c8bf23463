import * as pulumi from "@pulumi/pulumi";
import { Environment } from "./components/environment";
import { readSettings, SECRETS_NAMESPACE } from "./components/read-settings";
import { provisionFiles } from "./configs/provision";
import { planDigest } from "./model/digest";
import { parseSettings } from "./model/settings/parse";
import { describeProblems } from "./model/settings/problem";
import { resolveStack } from "./model/stack";

const project = pulumi.getProject();
const name = pulumi.getStack();
const parsed = parseSettings(readSettings(project));
if (!parsed.ok) throw new pulumi.RunError(describeProblems(name, parsed.problems));

const stack = resolveStack(project, name, parsed.settings);
const files = provisionFiles(stack);
const secrets = new pulumi.Config(SECRETS_NAMESPACE);
const environment = new Environment(name, {
  stack,
  files,
  declaredSecret: (secret) => secrets.requireSecret(secret),
});

/** Address of everything that is published on the host, by workload. */
export const urls = environment.urls;
/** Grafana's password for the user admin: `pulumi stack output grafanaPassword --show-secrets`. */
export const grafanaPassword = environment.passwords.get("grafana-admin");
/** Changes when anything that was declared or rendered changes; secrets do not count. */
export const digest = planDigest(stack, files);
