import { describe } from "node:test";
import { at, checkProblems } from "../../support/problem-cases";
import { service, type Values } from "../../support/stack-settings";

const OWN_PORT = "a host port of its own";
const on = (address: string): Values => service({ publish: { port: 8001, address } });

describe("host ports", () => {
  checkProblems([
    {
      title: "two services on one host port are refused",
      services: { a: service({ publish: 8001 }), b: service({ publish: 8001 }) },
      problems: [[at("b", "publish"), "8001, the host port of services.a too", OWN_PORT]],
    },
    {
      title: "every address includes 127.0.0.1",
      services: { a: on("0.0.0.0"), b: on("127.0.0.1") },
      problems: [[at("b", "publish"), "8001, the host port of services.a too", OWN_PORT]],
    },
    {
      title: "127.0.0.1 is part of every address",
      services: { a: on("127.0.0.1"), b: on("0.0.0.0") },
      problems: [[at("b", "publish"), "8001, the host port of services.a too", OWN_PORT]],
    },
    {
      title: "two addresses of the host may both have the port",
      services: { a: on("127.0.0.1"), b: on("192.168.1.5") },
    },
    {
      title: "a service may not take Grafana's host port",
      services: { a: service({ publish: 3001 }) },
      rest: { grafana: { publish: 3001 } },
      problems: [["whalewatch:grafana.publish", "3001, the host port of services.a too", OWN_PORT]],
    },
    {
      title: "a program that is switched off takes no port",
      services: { a: service({ publish: 3001 }) },
      rest: { grafana: { publish: 3001, enabled: false } },
    },
    {
      title: "without monitoring its programs take no port",
      services: { a: service({ publish: 9090 }) },
      rest: { prometheus: { publish: 9090 }, monitoring: { enabled: false } },
    },
    {
      title: "one container port may be published twice",
      services: { a: service({ publish: 8001 }), b: service({ publish: 8002 }) },
    },
  ]);
});

const ROUTE = { kind: "ingress", className: "nginx", controllerNamespace: "ingress-nginx" };
const CLUSTER = {
  platform: "kubernetes",
  kubernetes: { context: "test", route: ROUTE },
};
const BUILD = { context: "services/a" };
const ONE_BUILD = "one build for all services of an image, or an image name of its own";
const built = (changes: Values = {}): Values => service({ image: "acme/app:1", ...changes });

describe("hosts in a cluster's route", () => {
  checkProblems([
    {
      title: "two services of one host are refused",
      services: { a: service({ host: "a.example.com" }), b: service({ host: "a.example.com" }) },
      rest: CLUSTER,
      problems: [
        [at("b", "host"), "a.example.com, the host of services.a too", "a host of its own"],
      ],
    },
    {
      title: "two hosts are fine",
      services: { a: service({ host: "a.example.com" }), b: service({ host: "b.example.com" }) },
      rest: CLUSTER,
    },
  ]);
});

describe("builds of one image", () => {
  checkProblems([
    {
      title: "services may share an image and its build, or pull one",
      services: {
        a: built({ build: BUILD }),
        b: built({ build: { ...BUILD, dockerfile: "Dockerfile" } }),
        c: service({ image: "acme/other:1" }),
        d: service({ image: "acme/other:1" }),
      },
    },
    {
      title: "two builds under one name are refused: the second would run the code of the first",
      services: {
        a: built({ build: BUILD }),
        b: built({ build: { context: "services/b" } }),
        c: built({ build: { ...BUILD, dockerfile: "slim.Dockerfile" } }),
      },
      problems: [
        [
          at("b", "build"),
          "a build of services/b/Dockerfile for acme/app:1, and a build of services/a/Dockerfile in services.a",
          ONE_BUILD,
        ],
        [
          at("c", "build"),
          "a build of services/a/slim.Dockerfile for acme/app:1, and a build of services/a/Dockerfile in services.a",
          ONE_BUILD,
        ],
      ],
    },
    {
      title: "what is built may not be pulled too",
      services: { a: built(), b: built({ build: BUILD }) },
      problems: [
        [
          at("b", "build"),
          "a build of services/a/Dockerfile for acme/app:1, and no build in services.a",
          ONE_BUILD,
        ],
      ],
    },
  ]);
});
