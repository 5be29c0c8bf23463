import { z } from "zod";
import { durationField, nameField, switchField, wholeNumberField } from "./fields";
import { httpAccessFields } from "./http-access";
import { httpUrlField } from "./outside-fields";
import { mapping } from "./program-fields";

const PATTERN_ALLOWED = "a metric's name, with * for any characters, such as node_*";
const patterns = z
  .array(z.string({ error: PATTERN_ALLOWED }).regex(/^[A-Za-z_:*][\w:*]*$/, PATTERN_ALLOWED), {
    error: "a list of metric names, such as [up, node_*]",
  })
  .min(1, "a list of at least one metric name")
  .optional();

/**
 * Prometheus' own defaults hold for what is not written; they stand in its reference
 * (configuration, `queue_config`).
 */
const queueSchema = mapping(
  {
    maxShards: wholeNumberField(1, 200)
      .optional()
      .meta({ description: "Most parallel senders; default 50. Each holds a queue in memory." }),
    capacity: wholeNumberField(1, 1_000_000)
      .optional()
      .meta({ description: "Samples that wait in each queue; default 10000." }),
    maxSamplesPerSend: wholeNumberField(1, 1_000_000)
      .optional()
      .meta({ description: "Samples in a request at most; default 2000." }),
    batchSendDeadline: durationField
      .optional()
      .meta({ description: "Longest wait for a request to fill; default 5s." }),
  },
  "How samples queue before they are sent.",
);

/** A store elsewhere that Prometheus sends its samples to. */
export const remoteWriteSchema = mapping(
  {
    name: nameField.meta({ description: "Its name in Prometheus' own metrics." }),
    url: httpUrlField("https://mimir.example.com/api/v1/push").meta({
      description:
        "Where it takes remote write; https unless it is in the cluster (NAME.NAMESPACE.svc) or this very machine.",
    }),
    ...httpAccessFields,
    queue: queueSchema.optional(),
    keep: patterns.meta({ description: "Sends these metrics alone; default all." }),
    drop: patterns.meta({ description: "Sends all but these, of those that are kept." }),
    sendExemplars: switchField
      .default(false)
      .meta({ description: "Sends exemplars too, which Prometheus then also keeps." }),
  },
  "A store that takes Prometheus' remote write: Mimir, Thanos receive, VictoriaMetrics.",
);

/** One such store, with defaults filled in. */
export type RemoteWriteSettings = z.output<typeof remoteWriteSchema>;
