import {
  attempt,
  fieldsOf,
  type PolicyResource,
  type Report,
  type ResourcePolicy,
  titleOf,
} from "../policy";
import { containersOf } from "../containers/containers-of";

const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/;
/** Kinds of a Service that open a port on nodes or in front of them. */
const OPEN_SERVICES = ["NodePort", "LoadBalancer"];

/** What the host opens to others is decided one by one. */
export const portsMustStayOnLoopback: ResourcePolicy = {
  name: "ports-must-stay-on-loopback",
  description: "Every published port is open on the host's loopback address alone.",
  remedy:
    "Leave the address out of publish (127.0.0.1); on Kubernetes let a route lead in. What must be open gets an exception.",
  level: "mandatory",
  scope: "resource",
  check: (resource, _, report) => {
    for (const container of containersOf(resource)) {
      attempt(report, () => {
        for (const { address, port } of container.hostPorts) {
          if (LOOPBACK.test(address)) continue;
          report(
            `${container.title} opens ${port === undefined ? "ports" : `port ${port}`} on ${address}.`,
          );
        }
      });
    }
    if (resource.type === "kubernetes:core/v1:Service") checkService(resource, report);
  },
};

function checkService(resource: PolicyResource, report: Report): void {
  const spec = fieldsOf(resource).at("spec");
  const kind = spec.at("type").text;
  if (kind !== undefined && OPEN_SERVICES.includes(kind)) {
    report(`${titleOf(resource)} is a ${kind}, which opens its ports outside the cluster.`);
  }
  for (const address of spec.at("externalIPs").texts) {
    report(`${titleOf(resource)} answers on ${address} outside the cluster.`);
  }
}
