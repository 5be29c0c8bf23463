import { z } from "zod";
import { Size } from "../units/size";
import { alertsSchema } from "./alerts";
import { exportersSchema, nodeExporterSchema } from "./components";
import { nameField, sizeField, switchField } from "./fields";
import { kubernetesSchema } from "./kubernetes";
import { alertmanagerSchema, grafanaSchema, prometheusSchema } from "./monitors";
import { policiesSchema } from "./policies";
import { probesSchema } from "./probes";
import { rotationsSchema } from "./rotations";
import { promotionSchema } from "./promotion";
import { serviceSchema } from "./service";
import { postgresSchema, redisSchema } from "./stores";

/** Every setting under `whalewatch:` in a stack file, by its key. */
export const settingsSchema = z.strictObject({
  platform: z
    .enum(["docker", "kubernetes"], { error: "docker or kubernetes" })
    .default("docker")
    .meta({ description: "Where the workloads run." }),
  host: z
    .strictObject(
      {
        memory: sizeField
          .default(Size.parse("8Gi"))
          .meta({ description: "Memory that all limits together must fit in." }),
      },
      { error: "a mapping with memory" },
    )
    .prefault({})
    .meta({ description: "The machine that the stack may fill." }),
  monitoring: z
    .strictObject({ enabled: switchField.default(true) }, { error: "a mapping with enabled" })
    .prefault({})
    .meta({ description: "enabled: false takes away all that watches and leaves the services." }),
  services: z
    .record(nameField, serviceSchema, { error: "a mapping of names to services" })
    .default({})
    .meta({ description: "The team's own containers, by name." }),
  probes: probesSchema,
  kubernetes: kubernetesSchema,
  postgres: postgresSchema.optional(),
  redis: redisSchema.optional(),
  alerts: alertsSchema,
  prometheus: prometheusSchema,
  grafana: grafanaSchema,
  alertmanager: alertmanagerSchema,
  nodeExporter: nodeExporterSchema,
  exporters: exportersSchema,
  rotations: rotationsSchema,
  promotion: promotionSchema,
  policies: policiesSchema,
});

/** A stack's settings with every default filled in. */
export type Settings = z.output<typeof settingsSchema>;
