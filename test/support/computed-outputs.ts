import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { passwordCanary } from "../../cli/engine/canaries";

/**
 * What a provider would compute for a resource, as far as components use it; inputs of the same name
 * come before it. The `id` is made apart.
 */
export function computedOutputs(
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  switch (type) {
    case "random:index/randomPassword:RandomPassword":
      return {
        result: pulumi.secret(passwordCanary(`${type}::${name}`, Number(inputs["length"]))),
      };
    case "docker:index/remoteImage:RemoteImage":
      return { imageId: digest(name), repoDigest: `${name}@${digest(name)}` };
    case "docker:index/image:Image":
      return { imageName: name, repoDigest: `${name}@${digest(name)}` };
    case "docker:index/container:Container":
      return { name, hostname: name };
    case "docker:index/network:Network":
    case "docker:index/volume:Volume":
      return { name };
    default:
      return {};
  }
}

function digest(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
