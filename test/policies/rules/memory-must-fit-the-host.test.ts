import { memoryMustFitTheHost } from "../../../policies/rules/memory-must-fit-the-host";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, dockerFiller, object } from "../../support/policy-resources";

const stack = declareStack({
  services: { api: serviceSettings() },
  monitoring: { enabled: false },
  host: { memory: "1Gi" },
});
const scaler = (maxReplicas?: number) =>
  object("autoscaling/v2:HorizontalPodAutoscaler", "api-scaler", {
    spec: { scaleTargetRef: { name: "api" }, maxReplicas },
  });
const pods = (replicas: number | undefined, memory: string) =>
  controller("Deployment", {
    spec: { replicas },
    container: { resources: { limits: { memory, cpu: 1 } } },
  });

checkPolicy(memoryMustFitTheHost, {
  passes: [
    {
      title: "exactly as much as there is, without what never runs",
      stack,
      resources: [
        dockerContainer({ memory: 512 }),
        dockerContainer({ memory: 512 }),
        dockerFiller(),
      ],
    },
    { title: "replicas that fit", stack, resources: [pods(4, "256Mi")] },
  ],
  fails: [
    {
      title: "one MiB more",
      stack,
      resources: [dockerContainer({ memory: 1024 }), dockerContainer({ memory: 1 })],
      messages: ["Memory limits of 1025 MiB together on a host of 1024 MiB."],
    },
    {
      title: "replicas, each of them",
      stack,
      resources: [pods(3, "0.5Gi")],
      messages: ["Memory limits of 1536 MiB together on a host of 1024 MiB."],
    },
    {
      title: "as many as an autoscaler may start",
      stack,
      resources: [pods(undefined, "256Mi"), scaler(5)],
      messages: ["Memory limits of 1280 MiB together on a host of 1024 MiB."],
    },
  ],
  absent: [
    {
      title: "no limit, which another policy tells of; no number of replicas: one",
      stack,
      resources: [dockerContainer({ memory: undefined }), pods(undefined, "1Gi"), scaler()],
    },
    { title: "nothing at all", stack, resources: [] },
  ],
});
