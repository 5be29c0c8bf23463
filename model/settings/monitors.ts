import { z } from "zod";
import { IMAGES } from "../images";
import { Duration } from "../units/duration";
import { durationField, hostField, wholeNumberField } from "./fields";
import { programFields, publish, replicas, section, storage } from "./program-fields";
import { operatorSchema } from "./operator";
import { querySchema } from "./query";
import { remoteWriteSchema } from "./remote-write";
import { databaseLoginSchema } from "./stores";

/** The most shards that the targets can be shared among. */
export const MOST_SHARDS = 10;

/** Prometheus. */
export const prometheusSchema = section(
  {
    ...programFields(IMAGES.prometheus, "256Mi", "0.5", "65534:65534"),
    storage: storage("5Gi"),
    publish,
    replicas: replicas(
      "How many of the same Prometheus run, each with a volume of its own; more than 1 on Kubernetes only.",
    ),
    mode: z.enum(["server", "operator"], { error: "server or operator" }).default("server").meta({
      description:
        "server: a Prometheus of the stack's own. operator: objects for the Prometheus operator of the cluster, in place of Prometheus and Alertmanager.",
    }),
    operator: operatorSchema.optional(),
    shards: wholeNumberField(1, MOST_SHARDS).default(1).meta({
      description:
        "Among how many the targets are shared, each with its replicas; more than 1 on Kubernetes only.",
    }),
    query: querySchema.optional().meta({
      description:
        "Where Grafana asks instead; needed where no Prometheus of the stack has it all.",
    }),
    scrapeInterval: durationField.default(Duration.seconds(15)),
    retention: durationField.default(Duration.parse("30d")).meta({
      description: "How long samples are kept, unless 80 % of the volume fills first.",
    }),
    remoteWrite: z
      .array(remoteWriteSchema, { error: "a list of stores, each with name and url" })
      .default([])
      .meta({ description: "Stores elsewhere that get every sample too." }),
  },
  "Prometheus: scrapes everything that is declared.",
);

const GRAFANA_URL_ALLOWED = "a URL without a slash at its end, such as https://grafana.example.com";

/** Grafana. */
export const grafanaSchema = section(
  {
    ...programFields(IMAGES.grafana, "256Mi", "0.5", "472:0"),
    storage: storage("1Gi"),
    publish,
    host: hostField.optional().meta({
      description: "Host name under which the cluster's route reaches it; Kubernetes only.",
    }),
    url: z
      .string({ error: GRAFANA_URL_ALLOWED })
      .regex(/^https?:\/\/[^\s?#]*[^\s?#/]$/, GRAFANA_URL_ALLOWED)
      .optional()
      .meta({
        description:
          "Where people open it, for the links in alerts; default the address of host, else the published one.",
      }),
    database: z
      .enum(["volume", "postgres"], { error: "volume or postgres" })
      .default("volume")
      .meta({
        description:
          "Where users, sessions and annotations are kept: a volume, or a database in the stack's Postgres.",
      }),
    databaseLogin: databaseLoginSchema.optional().meta({
      description: "Grafana's database on the external Postgres, and the login that owns it.",
    }),
    replicas: replicas(
      "How many answer; more than 1 on Kubernetes only, and with database: postgres.",
    ),
  },
  "Grafana: the datasource and the dashboards are provisioned; the password is generated.",
);

/** Alertmanager. */
export const alertmanagerSchema = section(
  {
    ...programFields(IMAGES.alertmanager, "64Mi", "0.1", "65534:65534"),
    storage: storage("256Mi"),
    publish,
    replicas: replicas(
      "How many form a cluster that notifies once; more than 1 on Kubernetes only.",
    ),
  },
  "Alertmanager: groups, silences and routes what Prometheus finds.",
);
