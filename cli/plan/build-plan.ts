import { createHash } from "node:crypto";
import { memoryBudget } from "../../model/budget";
import { joinedNetworks } from "../../model/networks";
import { describeSchedule } from "../../model/schedule";
import type { Stack } from "../../model/stack";
import type { Workload } from "../../model/workload";
import type { PolicyResults } from "../../policies/evaluate";
import type { RegisteredResource } from "../engine/program-run";
import type { MaskedFile } from "./masked-files";
import { plannedAlerts } from "./planned-alerts";
import { plannedDashboards } from "./planned-dashboards";
import { plannedPolicies } from "./planned-policies";
import { plannedReceivers } from "./planned-receivers";
import { type Plan, PLAN_VERSION, type PlannedWorkload } from "./plan";

/** Puts together what was registered and what it was derived from. */
export function buildPlan(
  stack: Stack,
  resources: readonly RegisteredResource[],
  files: readonly MaskedFile[],
  policies: PolicyResults,
): Plan {
  const { limitsMiB, hostMiB } = memoryBudget(stack.workloads, stack.settings.host.memory);
  return {
    version: PLAN_VERSION,
    project: stack.project,
    stack: stack.name,
    resources: resources.map(({ urn, type, name, parent }) => ({
      urn,
      type,
      name,
      parent: parent ?? null,
    })),
    workloads: stack.workloads.map((workload) => plannedWorkload(workload, stack.workloads)),
    targets: stack.targets.map(({ job, workload, port, path, interval }) => ({
      job,
      workload,
      port,
      path,
      intervalSeconds: interval.seconds,
    })),
    outsideProbes: stack.outsideProbes.map(({ name, url, every }) => ({
      name,
      url,
      intervalSeconds: every.seconds,
    })),
    alerts: plannedAlerts(stack),
    receivers: plannedReceivers(stack),
    dashboards: plannedDashboards(stack),
    files: files.map(({ workload, path, text }) => ({
      workload,
      path,
      sha256: createHash("sha256").update(text).digest("hex"),
    })),
    budget: { limitsMiB, hostMiB },
    policies: plannedPolicies(policies),
  };
}

function plannedWorkload(workload: Workload, all: readonly Workload[]): PlannedWorkload {
  const { name, role, image, replicas, limits, ports, connects, volumes, user, readOnlyRoot } =
    workload;
  return {
    name,
    role,
    image,
    replicas,
    schedule: workload.schedule ? describeSchedule(workload.schedule) : null,
    limits: { memoryMiB: limits.memory.mebibytes, cpuMillis: limits.cpu.millis },
    ports: ports.flatMap(({ container, publish }) =>
      publish ? [{ ip: publish.address, host: publish.port, container }] : [],
    ),
    connects,
    networks: joinedNetworks(workload, all),
    volumes: volumes.map((volume) => ({ name: volume.name, path: volume.path })),
    user: `${user.uid}:${user.gid}`,
    readOnly: readOnlyRoot,
  };
}
