import { z } from "zod";
import { IMAGES } from "../images";
import { nameField, wholeNumberField } from "./fields";
import { mapping, programFields, storage } from "./program-fields";

/** PostgreSQL. Present only when the stack file has this section. */
export const postgresSchema = mapping(
  {
    ...programFields(IMAGES.postgres, "256Mi", "0.5", "999:999"),
    storage: storage("5Gi"),
    database: nameField.default("app").meta({
      description: "Database made at the first start; services log in as its owner `app`.",
    }),
    maxConnections: wholeNumberField(10, 1000).default(100),
  },
  "PostgreSQL: reachable by the services that need it, never from the host.",
);

/** Redis. Present only when the stack file has this section. */
export const redisSchema = mapping(
  {
    ...programFields(IMAGES.redis, "128Mi", "0.25", "999:999"),
    storage: storage("1Gi"),
    maxmemoryPolicy: z
      .enum(["noeviction", "allkeys-lru", "allkeys-lfu", "volatile-lru", "volatile-lfu"], {
        error: "noeviction, allkeys-lru, allkeys-lfu, volatile-lru or volatile-lfu",
      })
      .default("noeviction")
      .meta({ description: "What goes when 75 % of the memory limit is full; default nothing." }),
  },
  "Redis: reachable by the services that need it, never from the host.",
);
