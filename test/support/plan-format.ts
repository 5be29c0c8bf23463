import { z } from "zod";
import { POLICY_NAMES } from "../../model/policy-names";
import { PLAN_VERSION, type Plan } from "../../cli/plan/plan";

const count = z.number().int().min(0);
const port = z.number().int().min(1).max(65_535);
const absolutePath = z.string().startsWith("/");
const policy = z.enum(POLICY_NAMES);
const name = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** The documented format of plan.json, strictly: nothing may be absent, nothing may be added. */
export const planFormat: z.ZodType<Plan> = z.strictObject({
  version: z.literal(PLAN_VERSION),
  project: z.string().min(1),
  stack: z.string().min(1),
  resources: z.array(
    z.strictObject({
      urn: z.string().startsWith("urn:pulumi:"),
      type: z.string().regex(/^[a-z]+:[\w./]+:\w+$/),
      name: z.string().min(1),
      parent: z.string().startsWith("urn:pulumi:").nullable(),
    }),
  ),
  workloads: z.array(
    z.strictObject({
      name,
      role: z.enum(["service", "store", "exporter", "monitor"]),
      image: z.string().min(1),
      replicas: z.number().int().min(1),
      schedule: z.string().min(1).nullable(),
      limits: z.strictObject({ memoryMiB: count.min(1), cpuMillis: count.min(1) }),
      ports: z.array(z.strictObject({ ip: z.ipv4(), host: port, container: port })),
      connects: z.array(name),
      networks: z.array(name).min(1),
      volumes: z.array(z.strictObject({ name, path: absolutePath })),
      user: z.string().regex(/^\d+:\d+$/),
      readOnly: z.boolean(),
    }),
  ),
  targets: z.array(
    z.strictObject({
      job: name,
      workload: name,
      port,
      path: absolutePath,
      intervalSeconds: z.number().positive(),
    }),
  ),
  outsideProbes: z.array(
    z.strictObject({ name, url: z.url(), intervalSeconds: z.number().positive() }),
  ),
  alerts: z.array(
    z.strictObject({
      group: z.string().min(1),
      name: z.string().regex(/^[A-Z][A-Za-z]+$/),
      severity: z.enum(["critical", "warning", "info", "none"]),
      for: z
        .string()
        .regex(/^\d+[smhdw]$/)
        .nullable(),
      expr: z.string().min(1),
    }),
  ),
  receivers: z.array(
    z.strictObject({
      name,
      kind: z.enum(["telegram", "slack", "discord", "email", "pagerduty", "webhook"]),
      severities: z.array(z.enum(["critical", "warning", "info"])),
      teams: z.record(name, z.array(z.enum(["critical", "warning", "info"])).min(1)),
    }),
  ),
  dashboards: z.array(z.strictObject({ uid: name, title: z.string().min(1), panels: count })),
  files: z.array(
    z.strictObject({
      workload: name,
      path: absolutePath,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  budget: z.strictObject({ limitsMiB: count, hostMiB: count }),
  policies: z.strictObject({
    checked: z.array(policy),
    violations: z.array(
      z.strictObject({
        policy,
        level: z.enum(["mandatory", "advisory"]),
        resource: z.string().min(1),
        workload: name.nullable(),
        urn: z.string().startsWith("urn:pulumi:").nullable(),
        message: z.string().endsWith("."),
        remedy: z.string().endsWith("."),
      }),
    ),
    exceptions: z.array(
      z.strictObject({
        policy,
        workload: name.nullable(),
        resource: z.string().min(1).nullable(),
        reason: z.string().min(3),
        expires: z.iso.date(),
        state: z.enum(["used", "unused", "expired"]),
      }),
    ),
  }),
});
