import * as pulumi from "@pulumi/pulumi";
import { Environment, type PlatformClass } from "./components/environment";
import { readSettings, SECRETS_NAMESPACE } from "./components/read-settings";
import { operatorObjects } from "./configs/prometheus/operator";
import { provisionFiles } from "./configs/provision";
import { planDigest } from "./model/digest";
import { parseSettings } from "./model/settings/parse";
import { describeProblems } from "./model/settings/problem";
import type { Settings } from "./model/settings/schema";
import { resolveStack } from "./model/resolve-stack";
import { VERSION } from "./model/version";

/**
 * The program: reads the stack's settings, derives everything from them, places it. Outputs:
 * `urls`, where to reach what is published; `grafanaPassword`, secret, for the user admin, where there
 * is a Grafana; `digest`, which changes when anything that was declared or rendered does; `version`, of this
 * program.
 */
export = async function program() {
  const project = pulumi.getProject();
  const name = pulumi.getStack();
  const parsed = parseSettings(readSettings(project));
  if (!parsed.ok) throw new pulumi.RunError(describeProblems(name, parsed.problems));

  const stack = resolveStack(project, name, parsed.settings);
  const files = provisionFiles(stack);
  const operator = operatorObjects(stack);
  const secrets = new pulumi.Config(SECRETS_NAMESPACE);
  const environment = new Environment(name, {
    stack,
    files,
    operator,
    Platform: await loadPlatform(parsed.settings.platform),
    declaredSecret: (secret) => secrets.requireSecret(secret),
  });
  const grafanaPassword = environment.passwords.get("grafana-admin");
  return {
    urls: environment.urls,
    ...(grafanaPassword !== undefined && { grafanaPassword }),
    digest: planDigest(stack, files, operator),
    version: VERSION,
  };
};

/** Loads one platform and its packages; the other stays on disk. */
async function loadPlatform(platform: Settings["platform"]): Promise<PlatformClass> {
  switch (platform) {
    case "docker":
      return (await import("./components/platform/docker/docker-platform.js")).DockerPlatform;
    case "kubernetes":
      return (await import("./components/platform/kubernetes/kubernetes-platform.js"))
        .KubernetesPlatform;
  }
}
