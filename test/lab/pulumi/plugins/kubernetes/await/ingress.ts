import { listAt, nameOf, textAt } from "../api-object";
import { READY, type Judge } from "./judge";

const NO_ENDPOINT = "Ingress has at least one rule with an unavailable target endpoint.";
const NO_ADDRESS = "Ingress .status.loadBalancer field was not updated with a hostname/IP address.";

/** Ingresses are ready when a controller has given them an address and their services exist. */
export const ingressJudge: Judge = {
  related: ["endpoints"],
  read: true,
  judge({ object, endpoints, settled }) {
    const services = listAt(object, "spec", "rules")
      .flatMap((rule) => listAt(rule, "http", "paths"))
      .map((path) => textAt(path, "backend", "service", "name"))
      .filter(Boolean);
    const known = new Set(endpoints.map(nameOf));
    const targeted = settled || services.every((name) => known.has(name));
    const addressed = listAt(object, "status", "loadBalancer", "ingress").length > 0;
    if (targeted && addressed) return READY;
    const problems = [...(targeted ? [] : [NO_ENDPOINT]), ...(addressed ? [] : [NO_ADDRESS])];
    return { ready: false, problems };
  },
};
