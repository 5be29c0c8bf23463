import { storesMustHaveTimeToStop } from "../../../policies/rules/stores-must-have-time-to-stop";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, dockerFiller } from "../../support/policy-resources";

checkPolicy(storesMustHaveTimeToStop, {
  passes: [
    {
      title: "half a minute or more",
      resources: [
        dockerContainer({}, "redis"),
        dockerContainer({ destroyGraceSeconds: 120 }, "redis"),
        controller("StatefulSet", {}, "redis"),
      ],
    },
    {
      title: "what is no store, and what never runs",
      resources: [
        dockerContainer({ destroyGraceSeconds: 1 }, "api"),
        dockerFiller({ labels: [{ label: "whalewatch.workload", value: "redis" }] }),
      ],
    },
  ],
  fails: [
    {
      title: "less",
      resources: [
        dockerContainer({ destroyGraceSeconds: 29 }, "redis"),
        controller("StatefulSet", { pod: { terminationGracePeriodSeconds: 10 } }, "redis"),
      ],
      messages: [
        "Container 'redis-container' is killed 29 s after it was asked to stop; at least 30 s.",
        "Container 'api' of StatefulSet 'redis-statefulset' is killed 10 s after it was asked to stop; at least 30 s.",
      ],
    },
  ],
  absent: [
    {
      title: "nothing said on Docker: it is killed at once",
      resources: [dockerContainer({ destroyGraceSeconds: undefined }, "redis")],
      messages: [
        "Container 'redis-container' is killed 0 s after it was asked to stop; at least 30 s.",
      ],
    },
    {
      title: "nothing said on Kubernetes: 30 s",
      resources: [
        controller("StatefulSet", { pod: { terminationGracePeriodSeconds: undefined } }, "redis"),
      ],
    },
  ],
});
