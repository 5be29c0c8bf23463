import { after, before, describe } from "node:test";
import { succeeds } from "../support/command";
import { ProdStack } from "../support/prod-stack";
import { FAULTY, FAULT_RULES, SCRAPE_SECONDS } from "./watched-cluster/cluster-faults";
import { measures } from "./watched-cluster/measures";
import { told } from "./watched-cluster/told";

const stack = new ProdStack();

describe("what is watched of a real cluster", { concurrency: 1 }, () => {
  before(async () => {
    stack.set(["whalewatch:prometheus", "scrapeInterval"], `${SCRAPE_SECONDS}s`);
    stack.set(["whalewatch:prometheus", "replicas"], 1);
    // The lab's kubelet has a certificate of the cluster's own authority.
    stack.set(["whalewatch:exporters", "kubelet", "verifyCertificate"], true);
    stack.set(["whalewatch:alerts", "rules"], FAULT_RULES);
    stack.set(["whalewatch:services", FAULTY.name], FAULTY.declaration);
    // The service that errs runs once, so that each request meets its fault.
    stack.set(["whalewatch:policies", "levels", "production-must-have-replicas"], "advisory");
    await stack.prepare();
    await succeeds(stack.up());
    await stack.ready(120);
    await stack.everyTargetUp(60);
  });
  after(() => stack.remove());

  measures(stack);
  told(stack);
});
