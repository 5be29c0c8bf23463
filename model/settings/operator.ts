import { z } from "zod";
import { nameField } from "./fields";
import { mapping } from "./program-fields";

const KEY_ALLOWED = "a label's key, such as release or example.com/team";
const VALUE_ALLOWED = "a label's value: up to 63 letters, digits, -, _ and .";

/** The Prometheus operator that the cluster already has. */
export const operatorSchema = mapping(
  {
    namespace: nameField.meta({
      description: "Where the cluster's Prometheus runs; network policies let that namespace in.",
    }),
    labels: z
      .record(
        z
          .string({ error: KEY_ALLOWED })
          .regex(
            /^(?:[a-z0-9.-]{1,253}\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/,
            KEY_ALLOWED,
          ),
        z
          .string({ error: VALUE_ALLOWED })
          .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/, VALUE_ALLOWED),
        { error: "a mapping of labels; {} where the cluster's Prometheus takes every object" },
      )
      .meta({
        description:
          "What its selectors ask for, such as release: NAME of kube-prometheus-stack; {} where they take all.",
      }),
  },
  "The Prometheus operator that the cluster already has.",
);
