import { storesMustHaveAVolume } from "../../../policies/rules/stores-must-have-a-volume";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, object } from "../../support/policy-resources";

const claim = { metadata: { name: "data" } };
const wrong = (title: string) => `${title} runs a store without a volume for its data.`;

checkPolicy(storesMustHaveAVolume, {
  passes: [
    {
      title: "a volume, a claim of its own, a claim that runs share",
      resources: [
        dockerContainer({}, "redis"),
        controller("StatefulSet", { spec: { volumeClaimTemplates: [claim] } }, "redis"),
        controller(
          "CronJob",
          { pod: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] } },
          "redis",
        ),
      ],
    },
    {
      title: "what is no store, and what belongs to one and runs nothing",
      resources: [
        dockerContainer({ volumes: [] }, "api"),
        controller("Deployment", {}, "api"),
        dockerContainer({ start: false, mustRun: false, volumes: [] }, "redis"),
        object("core/v1:Service", "redis-service", {
          metadata: { labels: { "app.kubernetes.io/name": "redis" } },
        }),
      ],
    },
  ],
  fails: [
    {
      title: "a volume that it may only read",
      resources: [
        dockerContainer(
          { volumes: [{ volumeName: "files", containerPath: "/etc/redis", readOnly: true }] },
          "redis",
        ),
      ],
      messages: [wrong("Container 'redis-container'")],
    },
    {
      title: "a directory of the host, which is no volume",
      resources: [
        dockerContainer({ volumes: [{ hostPath: "/srv", containerPath: "/data" }] }, "redis"),
      ],
      messages: [wrong("Container 'redis-container'")],
    },
    {
      title: "pods with scratch space alone",
      resources: [
        controller("Deployment", { pod: { volumes: [{ name: "data", emptyDir: {} }] } }, "redis"),
        controller("StatefulSet", {}, "redis"),
        controller("CronJob", {}, "redis"),
      ],
      messages: [
        wrong("Deployment 'redis-deployment'"),
        wrong("StatefulSet 'redis-statefulset'"),
        wrong("CronJob 'redis-cronjob'"),
      ],
    },
  ],
  absent: [
    {
      title: "no volumes",
      resources: [dockerContainer({ volumes: undefined }, "redis")],
      messages: [wrong("Container 'redis-container'")],
    },
  ],
});
