import { z } from "zod";
import { settingsSchema } from "./schema";

/**
 * The JSON Schema of a whole stack file, made from the schema that checks it. Keys of other
 * namespaces (`secrets:`, `docker:`) are allowed, unknown ones of the project's own are not.
 */
export function stackFileSchema(project: string): object {
  const settings = z.toJSONSchema(settingsSchema, { io: "input" });
  const properties = Object.entries(settings.properties ?? {}).map(
    ([key, schema]) => [`${project}:${key}`, schema] as const,
  );
  const secure = {
    type: "object",
    description: `Set with "pulumi config set --secret".`,
    properties: { secure: { type: "string" } },
    required: ["secure"],
    additionalProperties: false,
  };
  return {
    $schema: settings.$schema,
    title: "A whalewatch stack file",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(properties),
        patternProperties: { "^secrets:": secure, [`^(?!${project}:|secrets:)`]: {} },
        additionalProperties: false,
      },
      encryptionsalt: { type: "string" },
      secretsprovider: { type: "string" },
      encryptedkey: { type: "string" },
      environment: {},
    },
    additionalProperties: false,
  };
}
