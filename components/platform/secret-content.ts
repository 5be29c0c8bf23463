import * as pulumi from "@pulumi/pulumi";
import type { FileContent } from "../../model/files";
import type { SecretResolver } from "./platform";

/** A file's whole text: plain as it is, with secrets as a secret Output. */
export function fileText(content: FileContent, secrets: SecretResolver): pulumi.Input<string> {
  if (typeof content === "string") return content;
  const parts = content.parts.map((part) => {
    if (typeof part === "string") return part;
    return part.within === "json" ? secrets(part).apply(insideJsonString) : secrets(part);
  });
  return pulumi.secret(pulumi.all(parts).apply((texts) => texts.join("")));
}

const insideJsonString = (text: string): string => JSON.stringify(text).slice(1, -1);
