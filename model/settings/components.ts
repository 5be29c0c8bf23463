import { IMAGES } from "../images";
import { programFields, section } from "./program-fields";

/** node-exporter. */
export const nodeExporterSchema = section(
  programFields(IMAGES.nodeExporter, "64Mi", "0.1", "65534:65534"),
  "node-exporter: the host's CPU, memory and disks, read-only.",
);

/** The exporters beside the stores, and the blackbox prober. */
export const exportersSchema = section(
  {
    postgres: section(
      programFields(IMAGES.postgresExporter, "64Mi", "0.1", "65534:65534"),
      "Postgres' metrics; present with postgres.",
    ),
    redis: section(
      programFields(IMAGES.redisExporter, "32Mi", "0.1", "59000:59000"),
      "Redis' metrics; present with redis.",
    ),
    blackbox: section(
      programFields(IMAGES.blackboxExporter, "64Mi", "0.1", "65534:65534"),
      "Asks every health path from outside the service.",
    ),
  },
  "Exporters: derived from what is declared; each can be switched off.",
);
