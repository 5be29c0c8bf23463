import { listAt, nameOf, objectAt, textAt } from "../api-object";
import { READY, type Judge } from "./judge";

const NO_PODS =
  "Service does not target any Pods. Selected Pods may not be ready, or " +
  "field '.spec.selector' may not match labels on any Pods";
const NO_ADDRESS =
  "Service was not allocated an IP address; does your cloud provider support this?";

/**
 * Services are ready when they have an address where they need one, and no pod behind them is still
 * unready after the 10 seconds in which pods may turn up. A headless service, one without a selector
 * and one that is a mere name wait for no pods.
 */
export const serviceJudge: Judge = {
  related: ["endpoints"],
  read: true,
  judge({ object, endpoints, settled }) {
    const type = textAt(object, "spec", "type");
    const balanced = type === "LoadBalancer";
    const addressed = !balanced || listAt(object, "status", "loadBalancer", "ingress").length > 0;
    const podless =
      type === "ExternalName" ||
      textAt(object, "spec", "clusterIP") === "None" ||
      Object.keys(objectAt(object, "spec", "selector")).length === 0;
    if (podless && addressed) return READY;
    const subsets = endpoints
      .filter((each) => nameOf(each) === nameOf(object))
      .flatMap((each) => listAt(each, "subsets"));
    const pending = subsets.some((each) => listAt(each, "notReadyAddresses").length > 0);
    if (addressed && settled && !pending) return READY;
    const targets = subsets.some((each) => listAt(each, "addresses").length > 0);
    const problems = [...(targets || podless ? [] : [NO_PODS]), ...(addressed ? [] : [NO_ADDRESS])];
    return { ready: false, problems };
  },
};
