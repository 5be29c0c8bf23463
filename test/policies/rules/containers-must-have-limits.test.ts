import { containersMustHaveLimits } from "../../../policies/rules/containers-must-have-limits";
import { checkPolicy } from "../../support/policy-cases";
import {
  controller,
  dockerContainer,
  dockerFiller,
  podContainer,
} from "../../support/policy-resources";

const noMemory = (container: string) => `${container} has no memory limit.`;
const noCpu = (container: string) => `${container} has no CPU limit.`;
const DOCKER = "Container 'api-container'";

checkPolicy(containersMustHaveLimits, {
  passes: [
    { title: "both limits on Docker", resources: [dockerContainer(), dockerFiller()] },
    {
      title: "a CPU quota in place of cpus",
      resources: [dockerContainer({ cpus: undefined, cpuQuota: 50_000 })],
    },
    {
      title: "both limits in each kind of controller",
      resources: (["Deployment", "StatefulSet", "DaemonSet", "CronJob"] as const).map((kind) =>
        controller(kind),
      ),
    },
  ],
  fails: [
    {
      title: "zero, which means no limit to Docker",
      resources: [dockerContainer({ memory: 0, cpus: "0" })],
      messages: [noMemory(DOCKER), noCpu(DOCKER)],
    },
    {
      title: "a second container of a pod, by its name",
      resources: [
        controller("Deployment", {
          pod: {
            containers: [
              podContainer(),
              podContainer({ name: "proxy", resources: { limits: { cpu: 1 } } }),
            ],
          },
        }),
      ],
      messages: [noMemory("Container 'proxy' of Deployment 'api-deployment'")],
    },
    {
      title: "a container of the start",
      resources: [
        controller("StatefulSet", {
          initContainers: [
            podContainer({ name: "migrate", resources: { limits: { memory: "1Gi" } } }),
          ],
        }),
      ],
      messages: [noCpu("Container 'migrate' of StatefulSet 'api-statefulset'")],
    },
    {
      title: "the pods of a CronJob",
      resources: [
        controller("CronJob", { container: { resources: { requests: { memory: "64Mi" } } } }),
      ],
      messages: [
        noMemory("Container 'api' of CronJob 'api-cronjob'"),
        noCpu("Container 'api' of CronJob 'api-cronjob'"),
      ],
    },
  ],
  absent: [
    {
      title: "neither on Docker",
      resources: [dockerContainer({ memory: undefined, cpus: undefined })],
      messages: [noMemory(DOCKER), noCpu(DOCKER)],
    },
    {
      title: "no resources in a pod",
      resources: [controller("DaemonSet", { container: { resources: undefined } })],
      messages: [
        noMemory("Container 'api' of DaemonSet 'api-daemonset'"),
        noCpu("Container 'api' of DaemonSet 'api-daemonset'"),
      ],
    },
  ],
});
