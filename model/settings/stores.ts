import { z } from "zod";
import { IMAGES } from "../images";
import {
  databaseNameField,
  nameField,
  secretNameField,
  switchField,
  wholeNumberField,
} from "./fields";
import { backupSchema } from "./backup";
import { outsideServer } from "./outside-fields";
import { mapping, programFields, storage } from "./program-fields";

/** A login: who, and the stack secret with the password. */
const login = {
  user: databaseNameField.meta({ description: "The role to log in as." }),
  secret: secretNameField.meta({ description: "The stack secret that holds its password." }),
};

/** A database on a server outside, and who may use it. */
export const databaseLoginSchema = mapping(
  { database: databaseNameField.meta({ description: "The database, which exists." }), ...login },
  "A database on the external server, and the login that owns it.",
);

const externalPostgresSchema = mapping(
  {
    ...outsideServer(5432),
    ...databaseLoginSchema.shape,
    sslmode: z
      .enum(["disable", "require", "verify-full"], { error: "disable, require or verify-full" })
      .default("require")
      .meta({
        description:
          "How connections are encrypted; the same words as libpq's. disable only within a network of your own.",
      }),
    monitoring: mapping(
      login,
      "A role with pg_monitor for the exporter; without it the server is not watched.",
    ).optional(),
  },
  "An existing server in place of the stack's own: a managed database or an operator's cluster.",
);

const externalRedisSchema = mapping(
  {
    ...outsideServer(6379),
    tls: switchField.default(true).meta({
      description: "Whether connections are encrypted; false only within a network of your own.",
    }),
  },
  "An existing server in place of the stack's own.",
);

/** PostgreSQL. Present only when the stack file has this section. */
export const postgresSchema = mapping(
  {
    ...programFields(IMAGES.postgres, "256Mi", "0.5", "999:999"),
    storage: storage("5Gi"),
    database: nameField.default("app").meta({
      description: "Database made at the first start; services log in as its owner `app`.",
    }),
    maxConnections: wholeNumberField(10, 1000).default(100),
    backup: backupSchema.optional(),
    external: externalPostgresSchema.optional(),
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
    external: externalRedisSchema.optional(),
  },
  "Redis: reachable by the services that need it, never from the host.",
);
