import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { PlainValue } from "../render/plain-value";
import { UserError } from "../user-error";
import { PLAN_VERSION, type Plan } from "./plan";
import { type PlannedResource, RESOURCES_FILE } from "./planned-resources";
import { FILES_FOLDER, PLAN_FILE } from "./write-plan";

/** What a plan wrote into a folder. */
export interface WrittenPlan {
  readonly plan: Plan;
  readonly resources: readonly PlannedResource[];
  /** The text of each provisioned file, secrets masked, by `<workload><path>`. */
  readonly files: ReadonlyMap<string, string>;
}

const texts = z.array(z.string());

const policiesSchema = z.object({
  checked: texts,
  violations: z.array(
    z.object({
      policy: z.string(),
      level: z.enum(["mandatory", "advisory"]),
      resource: z.string(),
      workload: z.string().nullable(),
      urn: z.string().nullable(),
      message: z.string(),
      remedy: z.string(),
    }),
  ),
  exceptions: z.array(
    z.object({
      policy: z.string(),
      workload: z.string().nullable(),
      resource: z.string().nullable(),
      reason: z.string(),
      expires: z.string(),
      state: z.enum(["used", "unused", "expired"]),
    }),
  ),
});

// Fields of later versions are passed over; those that came after the first are absent in older plans.
const planSchema: z.ZodType<Plan> = z.object({
  version: z.literal(PLAN_VERSION),
  project: z.string(),
  stack: z.string(),
  resources: z.array(
    z.object({
      urn: z.string(),
      type: z.string(),
      name: z.string(),
      parent: z.string().nullable(),
    }),
  ),
  workloads: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      image: z.string(),
      replicas: z.number(),
      schedule: z.string().nullable().default(null),
      limits: z.object({ memoryMiB: z.number(), cpuMillis: z.number() }),
      ports: z.array(z.object({ ip: z.string(), host: z.number(), container: z.number() })),
      connects: texts,
      networks: texts,
      volumes: z.array(z.object({ name: z.string(), path: z.string() })),
      user: z.string(),
      readOnly: z.boolean(),
    }),
  ),
  targets: z.array(
    z.object({
      job: z.string(),
      workload: z.string(),
      port: z.number(),
      path: z.string(),
      intervalSeconds: z.number(),
    }),
  ),
  outsideProbes: z
    .array(z.object({ name: z.string(), url: z.string(), intervalSeconds: z.number() }))
    .default([]),
  alerts: z
    .array(
      z.object({
        group: z.string(),
        name: z.string(),
        severity: z.string(),
        for: z.string().nullable(),
        expr: z.string(),
      }),
    )
    .default([]),
  receivers: z
    .array(
      z.object({
        name: z.string(),
        kind: z.string(),
        severities: texts,
        teams: z.record(z.string(), texts),
      }),
    )
    .default([]),
  dashboards: z
    .array(z.object({ uid: z.string(), title: z.string(), panels: z.number() }))
    .default([]),
  files: z.array(z.object({ workload: z.string(), path: z.string(), sha256: z.string() })),
  budget: z.object({ limitsMiB: z.number(), hostMiB: z.number() }),
  policies: policiesSchema.default({ checked: [], violations: [], exceptions: [] }),
});

const plainValue: z.ZodType<PlainValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(plainValue),
    z.record(z.string(), plainValue),
  ]),
);

const resourcesSchema: z.ZodType<PlannedResource[]> = z.array(
  z.object({
    urn: z.string(),
    type: z.string(),
    name: z.string(),
    parent: z.string().nullable(),
    formerUrns: texts,
    provider: z.string().nullable(),
    protect: z.boolean(),
    retainOnDelete: z.boolean(),
    ignoreChanges: texts,
    replaceOnChanges: texts,
    inputs: z.record(z.string(), plainValue),
    from: z.record(z.string(), texts),
  }),
);

/** Whether a plan was written to a folder. */
export function holdsPlan(folder: string): boolean {
  return existsSync(path.join(folder, PLAN_FILE));
}

/**
 * Reads what a plan wrote.
 * @throws UserError for a folder that holds no plan, one of another version, or only half of one.
 */
export function readPlan(folder: string): WrittenPlan {
  const plan = read(folder, PLAN_FILE, planSchema);
  const resources = read(folder, RESOURCES_FILE, resourcesSchema);
  const files = plan.files.map(({ workload, path: inside }) => {
    const location = path.join(folder, FILES_FOLDER, workload, inside);
    return [
      `${workload}${inside}`,
      existsSync(location) ? readFileSync(location, "utf8") : "",
    ] as const;
  });
  return { plan, resources, files: new Map(files) };
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const location = path.join(folder, name);
  if (!existsSync(location)) {
    throw new UserError(
      `${folder} has no ${name}. Give a folder that this version's plan wrote: npm start -- --stack NAME --out FOLDER.`,
    );
  }
  const parsed = schema.safeParse(parseJson(location));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    `${location} is not of version ${PLAN_VERSION} of the plan's format, at ${issue?.path.join(".") ?? "the top"}: ${issue?.message ?? ""}. Plan it again.`,
  );
}

function parseJson(location: string): unknown {
  try {
    return JSON.parse(readFileSync(location, "utf8"));
  } catch (error) {
    throw new UserError(
      `${location} is no JSON: ${error instanceof Error ? error.message : ""}. Plan it again.`,
    );
  }
}
