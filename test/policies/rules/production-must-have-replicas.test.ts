import { productionMustHaveReplicas } from "../../../policies/rules/production-must-have-replicas";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, dockerFiller, object } from "../../support/policy-resources";

const stack = declareStack({
  services: { api: serviceSettings() },
  policies: { production: true },
});
const scaler = (minReplicas?: number) =>
  object("autoscaling/v2:HorizontalPodAutoscaler", "api-scaler", {
    metadata: { labels: { "app.kubernetes.io/name": "api" } },
    spec: { scaleTargetRef: { name: "api" }, minReplicas, maxReplicas: 5 },
  });
const pods = (replicas?: number) => controller("Deployment", { spec: { replicas } });

checkPolicy(productionMustHaveReplicas, {
  passes: [
    { title: "two replicas of a Deployment", stack, resources: [pods(2)] },
    { title: "an autoscaler's at least two", stack, resources: [pods(), scaler(2)] },
    {
      title: "two containers on Docker",
      stack,
      resources: [dockerContainer(), dockerContainer(), dockerFiller()],
    },
    { title: "a stack that nobody depends on", resources: [pods(1)] },
  ],
  fails: [
    { title: "one replica", stack, resources: [pods(1)], messages: ["1 of the service api runs."] },
    {
      title: "an autoscaler that goes down to one",
      stack,
      resources: [pods(), scaler(1)],
      messages: ["1 of the service api runs."],
    },
    {
      title: "one container, and what carries its files",
      stack,
      resources: [dockerFiller(), dockerContainer()],
      messages: ["1 of the service api runs."],
    },
    {
      title: "a service that nothing runs",
      stack,
      resources: [dockerContainer({}, "redis"), dockerContainer({}, "redis")],
      messages: ["0 of the service api runs."],
    },
  ],
  absent: [
    {
      title: "no number of replicas: one",
      stack,
      resources: [pods()],
      messages: ["1 of the service api runs."],
    },
    {
      title: "no least number of an autoscaler: one",
      stack,
      resources: [pods(), scaler()],
      messages: ["1 of the service api runs."],
    },
  ],
});
