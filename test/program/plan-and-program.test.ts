import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { z } from "zod";
import type { ProgramResult } from "../../cli/engine/program-run";
import type { Plan } from "../../cli/plan/plan";
import { CONTROLLERS, controllerSpec } from "../../cli/render/controllers";
import { plannedStacks } from "../support/planned-stacks";
import { containersOf, passwordsOf } from "../support/program-under-test";

/** What the plan says of each container, in the words of a container's arguments. */
function expectedContainers({ project, stack, workloads }: Plan) {
  return workloads.flatMap(({ name, replicas, limits, user, readOnly, ports, volumes, image }) =>
    Array.from({ length: replicas }, (_, index) => ({
      name: `${project}.${stack}.${name}${replicas > 1 ? `.${index + 1}` : ""}`,
      image,
      memory: limits.memoryMiB,
      memorySwap: limits.memoryMiB,
      cpus: limits.cpuMillis / 1000,
      user,
      readOnly,
      ports: ports.map(({ ip, host, container }) => [ip, host, container]),
      data: volumes.map((volume) => [`${project}.${stack}.${name}.${volume.name}`, volume.path]),
    })),
  );
}

/** The containers that were registered to run, in the same words. */
function registeredContainers(run: ProgramResult) {
  const imageName = new Map(
    run.resources.map(({ urn, inputs }) => [urn, inputs["name"] ?? inputs["imageName"]]),
  );
  return containersOf(run)
    .filter(({ resource }) => resource.name.endsWith("-container"))
    .map(({ resource, name, memory, memorySwap, cpus, user, readOnly, ports, volumes }) => ({
      name,
      image: imageName.get(resource.propertyDependencies["image"]?.[0] ?? ""),
      memory,
      memorySwap,
      cpus: Number(cpus),
      user,
      readOnly,
      ports: ports.map(({ ip, external, internal }) => [ip, external, internal]),
      data: volumes
        .filter((volume) => volume.hostPath === undefined && !volume.readOnly)
        .map(({ volumeName, containerPath }) => [volumeName, containerPath]),
    }));
}

const controllerShape = z.object({
  metadata: z.object({ name: z.string() }),
  spec: controllerSpec(
    z.object({
      // A DaemonSet has none: one pod a node; nor has a CronJob: one run at a time.
      replicas: z.number().default(1),
      template: z.object({
        spec: z.object({
          containers: z.tuple([
            z.object({
              image: z.string(),
              resources: z.object({ limits: z.record(z.string(), z.string()) }),
              securityContext: z.object({ readOnlyRootFilesystem: z.boolean() }),
            }),
          ]),
        }),
      }),
    }),
  ),
});

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

test("dev's plan says of each workload what was registered for it, one to one", async () => {
  const { run, plan } = await plannedStacks.dev;
  assert.deepEqual(registeredContainers(run).sort(byName), expectedContainers(plan).sort(byName));
  assert.deepEqual(
    plan.resources.map(({ urn }) => urn),
    run.resources.map(({ urn }) => urn),
  );
  const urns = new Set(plan.resources.map(({ urn }) => urn));
  assert.equal(urns.size, plan.resources.length);
  const orphans = plan.resources.filter(({ parent }) => parent !== null && !urns.has(parent));
  assert.deepEqual(orphans, []);
});

test("dev's plan lists every file that is provisioned, with the digest of its text", async () => {
  const { run, plan } = await plannedStacks.dev;
  const secrets = [...passwordsOf(run).values()];
  const uploaded = containersOf(run).flatMap(({ resource, uploads }) =>
    uploads.map(({ file, content }) => {
      const masked = secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), content);
      const sha256 = createHash("sha256").update(masked).digest("hex");
      return { workload: resource.name.replace(/-files$/, ""), path: file, sha256 };
    }),
  );
  const order = (a: Plan["files"][number], b: Plan["files"][number]) =>
    a.workload + a.path < b.workload + b.path ? -1 : 1;
  assert.deepEqual([...plan.files].sort(order), uploaded.sort(order));
});

test("prod's plan says of each workload what was registered for it in the cluster", async () => {
  const { run, plan } = await plannedStacks.prod;
  const controllers = run.resources.flatMap(({ type, inputs }) => {
    if (!CONTROLLERS.includes(type.split(":").at(-1) ?? "")) return [];
    const { metadata, spec } = controllerShape.parse(inputs);
    const [container] = spec.template.spec.containers;
    return [
      {
        name: metadata.name,
        image: container.image,
        replicas: spec.replicas,
        limits: container.resources.limits,
        readOnly: container.securityContext.readOnlyRootFilesystem,
      },
    ];
  });
  const expected = plan.workloads.map(({ name, image, replicas, limits, readOnly }) => ({
    name,
    image,
    replicas,
    limits: { memory: `${limits.memoryMiB}Mi`, cpu: `${limits.cpuMillis}m` },
    readOnly,
  }));
  assert.deepEqual(controllers.sort(byName), expected.sort(byName));
});
