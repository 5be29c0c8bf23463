import { z } from "zod";
import { objectivesSchema } from "./objectives";
import { METRICS_PROFILE_NAMES } from "../metrics-profile";
import { Duration } from "../units/duration";
import {
  directoryField,
  durationField,
  hostField,
  imageField,
  limitsField,
  nameField,
  portField,
  publishField,
  secretNameField,
  sizeField,
  switchField,
  urlPathField,
  userField,
  wholeNumberField,
} from "./fields";

const replicaCount = wholeNumberField(1, 20);

const ENV_NAME_ALLOWED = "an environment name: letters, digits and _, no digit first";
const envName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, ENV_NAME_ALLOWED);
const ENV_VALUE_ALLOWED =
  "text, a number, true or false; a number of more than 15 digits in quotes";
/** Longer numbers are rounded when they are read. */
const isExact = (value: number): boolean => !Number.isInteger(value) || Number.isSafeInteger(value);
const envValue = z
  .union([z.string(), z.number().refine(isExact, ENV_VALUE_ALLOWED), z.boolean()], {
    error: ENV_VALUE_ALLOWED,
  })
  .transform(String);
const pathOrOff = (what: string) =>
  z
    .union([urlPathField, z.literal(false)], {
      error: `a path such as /${what}, or false for none`,
    })
    .default(`/${what}`);
const words = z
  .array(z.string({ error: "text" }).min(1, "text that is not empty"), {
    error: "a list of words, such as [node, server.js]",
  })
  .min(1, "a list of at least one word");

/** One service as the user declares it. Everything that watches it is derived from this. */
export const serviceSchema = z
  .strictObject(
    {
      image: imageField.meta({ description: "The image to run, by tag or digest; never latest." }),
      build: z
        .strictObject(
          {
            context: z
              .string({ error: "a folder with a Dockerfile" })
              .regex(/^\.{0,2}[\w./-]+$/, "a folder relative to the project"),
            dockerfile: z
              .string({ error: "a file's path inside that folder" })
              .default("Dockerfile"),
          },
          { error: "a mapping with context, such as { context: services/api }" },
        )
        .optional()
        .meta({ description: "Builds the image from a folder instead of pulling it." }),
      kind: z.enum(["api", "web", "worker"], { error: "api, web or worker" }).default("api").meta({
        description: "api and web answer HTTP on `port`; a worker may have no port at all.",
      }),
      port: portField
        .optional()
        .meta({ description: "The port it listens on, inside the container." }),
      replicas: replicaCount.default(1),
      autoscale: z
        .strictObject(
          {
            maxReplicas: replicaCount.meta({
              description: "Never more than this; at least replicas.",
            }),
            cpuPercent: wholeNumberField(10, 100).default(70).meta({
              description: "Adds replicas while the average is above this share of the CPU limit.",
            }),
          },
          { error: "a mapping with maxReplicas" },
        )
        .optional()
        .meta({ description: "Adds replicas while CPU is busy; Kubernetes only." }),
      host: hostField.optional().meta({
        description: "Host name under which the cluster's route reaches it; Kubernetes only.",
      }),
      publish: publishField.optional(),
      limits: limitsField,
      health: pathOrOff("health").meta({
        description: "Path that answers 2xx when healthy; false for none.",
      }),
      healthCommand: words.optional().meta({
        description: "Command run inside instead of asking `health`; exit code 0 is healthy.",
      }),
      metrics: pathOrOff("metrics").meta({
        description: "Path of the Prometheus metrics; false for none.",
      }),
      metricsProfile: z
        .enum(METRICS_PROFILE_NAMES, {
          error: METRICS_PROFILE_NAMES.join(", "),
        })
        .optional()
        .meta({
          description:
            "Which series its metrics hold; default whalewatch (http_requests_total and the like) for an api, other for a web or worker.",
        }),
      objectives: objectivesSchema.optional(),
      command: words.optional().meta({ description: "Replaces the image's command." }),
      env: z
        .record(envName, envValue, { error: "a mapping of names to values" })
        .default({})
        .meta({ description: "Plain settings; passwords and keys belong in `secrets`." }),
      secrets: z.array(secretNameField, { error: "a list of secret names" }).default([]).meta({
        description:
          "Names of stack secrets (secrets:NAME). Each is a file; NAME_FILE in the environment tells where.",
      }),
      needs: z.array(nameField, { error: "a list of names" }).default([]).meta({
        description: "postgres, redis or other services: opens exactly these connections.",
      }),
      team: nameField.optional().meta({
        description: "Who it belongs to: alerts.routes.teams says who gets its alerts.",
      }),
      volumes: z
        .record(
          nameField,
          z.strictObject(
            { path: directoryField, storage: sizeField },
            { error: "path and storage, such as { path: /models, storage: 1Gi }" },
          ),
          { error: "a mapping of names to { path, storage }" },
        )
        .default({})
        .meta({ description: "Data that outlives the container." }),
      user: userField
        .default({ uid: 1000, gid: 1000 })
        .meta({ description: "uid:gid to run as; root is refused." }),
      readOnlyRoot: switchField
        .default(true)
        .meta({ description: "false lets the program write outside /tmp and its volumes." }),
      internet: switchField
        .default(true)
        .meta({ description: "false closes outgoing connections to the internet." }),
      startWithin: durationField.optional().meta({
        description:
          "How long a replica may take until it is healthy, such as to load a model; default: an update waits 3m on Docker and 5m on Kubernetes.",
      }),
      stopGrace: durationField.default(Duration.seconds(30)).meta({
        description: "How long it may take to finish after SIGTERM.",
      }),
    },
    { error: "a mapping with at least image and limits" },
  )
  .meta({ description: "A service: declared once; what watches and isolates it is derived." });

/** A service with every default filled in. */
export type ServiceSettings = z.output<typeof serviceSchema>;
