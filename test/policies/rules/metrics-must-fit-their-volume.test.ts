import { metricsMustFitTheirVolume } from "../../../policies/rules/metrics-must-fit-their-volume";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer } from "../../support/policy-resources";

const stack = declareStack({
  services: { api: serviceSettings() },
  prometheus: { storage: "10Gi" },
});
const PATH = "--storage.tsdb.path=/prometheus";
const size = (text: string) => `--storage.tsdb.retention.size=${text}`;
const docker = (...command: string[]) => dockerContainer({ command }, "prometheus");
const pod = (...args: string[]) => controller("StatefulSet", { container: { args } }, "prometheus");
const DOCKER = "Container 'prometheus-container'";
const POD = "Container 'api' of StatefulSet 'prometheus-statefulset'";

checkPolicy(metricsMustFitTheirVolume, {
  passes: [
    {
      title: "up to 85 % of the volume, in whatever unit",
      stack,
      resources: [
        docker(PATH, size("8704MB")),
        pod(PATH, size("8GB")),
        pod(PATH, size("8192000KB")),
      ],
    },
    { title: "what is no Prometheus", stack, resources: [dockerContainer({ command: ["serve"] })] },
  ],
  fails: [
    {
      title: "more than that",
      stack,
      resources: [docker(PATH, size("8705MB")), pod(PATH, size("1TB"))],
      messages: [
        `${DOCKER} keeps up to 8705 MiB of samples on a volume of 10240 MiB; at most 8704 MiB.`,
        `${POD} keeps up to 1048576 MiB of samples on a volume of 10240 MiB; at most 8704 MiB.`,
      ],
    },
    {
      title: "no limit: zero, or a unit that Prometheus does not know",
      stack,
      resources: [docker(PATH, size("0MB")), docker(PATH, size("8Gi"))],
      messages: [
        `${DOCKER} may keep samples until its volume of 10240 MiB is full.`,
        `${DOCKER} may keep samples until its volume of 10240 MiB is full.`,
      ],
    },
    {
      title: "samples beside the volume",
      stack,
      resources: [docker("--storage.tsdb.path=/tmp", size("1GB"))],
      messages: [`${DOCKER} keeps samples in /tmp, where no volume is.`],
    },
  ],
  absent: [
    {
      title: "no limit in bytes",
      stack,
      resources: [docker(PATH, "--storage.tsdb.retention.time=30d")],
      messages: [`${DOCKER} may keep samples until its volume of 10240 MiB is full.`],
    },
    {
      title: "no path: Prometheus' own, in its working directory",
      stack,
      resources: [docker(size("1GB"))],
      messages: [`${DOCKER} keeps samples in data/, where no volume is.`],
    },
  ],
});
