import { portsMustStayOnLoopback } from "../../../policies/rules/ports-must-stay-on-loopback";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, object } from "../../support/policy-resources";

const open = (port: object) => dockerContainer({ ports: [port] });
const service = (spec: object) => object("core/v1:Service", "api-service", { spec });
const hostPort = (port: object) => controller("DaemonSet", { container: { ports: [port] } });

checkPolicy(portsMustStayOnLoopback, {
  passes: [
    {
      title: "addresses of loopback",
      resources: ["127.0.0.1", "127.1.2.3", "::1"].map((ip) =>
        open({ internal: 8000, external: 8001, ip }),
      ),
    },
    {
      title: "a Service inside the cluster, and a container's port",
      resources: [
        service({ type: "ClusterIP", clusterIP: "None" }),
        hostPort({ containerPort: 9100 }),
        hostPort({ containerPort: 9100, hostPort: 9100, hostIP: "127.0.0.1" }),
      ],
    },
  ],
  fails: [
    {
      title: "every address, and one of the host's own",
      resources: [
        open({ internal: 8000, external: 8001, ip: "0.0.0.0" }),
        open({ internal: 8000, external: 8001, ip: "192.168.1.5" }),
        open({ internal: 8000, external: 8001, ip: "127.0.0.1.example.com" }),
      ],
      messages: [
        "Container 'api-container' opens port 8001 on 0.0.0.0.",
        "Container 'api-container' opens port 8001 on 192.168.1.5.",
        "Container 'api-container' opens port 8001 on 127.0.0.1.example.com.",
      ],
    },
    {
      title: "all ports that the image names",
      resources: [dockerContainer({ publishAllPorts: true })],
      messages: ["Container 'api-container' opens ports on 0.0.0.0."],
    },
    {
      title: "a Service that leaves the cluster",
      resources: [
        service({ type: "NodePort" }),
        service({ type: "LoadBalancer" }),
        service({ externalIPs: ["203.0.113.7"] }),
      ],
      messages: [
        "Service 'api-service' is a NodePort, which opens its ports outside the cluster.",
        "Service 'api-service' is a LoadBalancer, which opens its ports outside the cluster.",
        "Service 'api-service' answers on 203.0.113.7 outside the cluster.",
      ],
    },
  ],
  absent: [
    { title: "no ports, and a Service of no type", resources: [dockerContainer(), service({})] },
    {
      title: "no address: every one",
      resources: [
        open({ internal: 8000, external: 8001 }),
        hostPort({ containerPort: 80, hostPort: 80 }),
      ],
      messages: [
        "Container 'api-container' opens port 8001 on 0.0.0.0.",
        "Container 'api' of DaemonSet 'api-daemonset' opens port 80 on 0.0.0.0.",
      ],
    },
    {
      title: "no host port: any that is free",
      resources: [open({ internal: 8000 })],
      messages: ["Container 'api-container' opens ports on 0.0.0.0."],
    },
  ],
});
