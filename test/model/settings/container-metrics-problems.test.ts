import { checkProblems } from "../../support/problem-cases";

const SECTION = "whalewatch:exporters.containers";
const GROUP = "a whole number from 0 to 999999999";
const NO_GROUP =
  "the number of the group that may open the engine's socket; it differs by host" as const;
const DIRECTORY = "an absolute directory other than /, such as /models";
const CLUSTER = "true on Kubernetes, where pods have no Docker engine to ask";
const KUBELET = "false: exporters.kubelet has the same figures; or platform: docker";
const containers = (written: object) => ({ exporters: { containers: written } });

checkProblems([
  { title: "container metrics are off unless somebody asks for them", rest: {} },
  {
    title: "switched on with the socket's group",
    rest: containers({ enabled: true, socketGroup: 999 }),
  },
  {
    title: "a group of 0 and another socket may be written",
    rest: containers({ enabled: true, socketGroup: 0, socket: "/run/user/1000/docker.sock" }),
  },
  { title: "no group is needed while they are off", rest: containers({ enabled: false }) },
  {
    title: "nobody can guess the socket's group",
    rest: containers({ enabled: true }),
    problems: [[`${SECTION}.socketGroup`, "nothing", NO_GROUP]],
  },
  {
    title: "a group is a number; one that cannot be read is not missing too",
    rest: containers({ enabled: true, socketGroup: "docker" }),
    problems: [[`${SECTION}.socketGroup`, '"docker"', GROUP]],
  },
  {
    title: "the socket is a path, not an address",
    rest: containers({ enabled: true, socketGroup: 999, socket: "tcp://127.0.0.1:2375" }),
    problems: [[`${SECTION}.socket`, '"tcp://127.0.0.1:2375"', DIRECTORY]],
  },
  {
    title: "in a cluster the kubelets measure",
    rest: { platform: "kubernetes", ...containers({ enabled: true, socketGroup: 999 }) },
    problems: [[`${SECTION}.enabled`, CLUSTER, KUBELET]],
  },
  {
    title: "in a cluster it may be said that they are off",
    rest: { platform: "kubernetes", ...containers({ enabled: false }) },
  },
]);
