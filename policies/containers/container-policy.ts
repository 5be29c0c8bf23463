import {
  attempt,
  type PolicyContext,
  type PolicyResource,
  type Report,
  type ResourcePolicy,
} from "../policy";
import type { ContainerView } from "./container-view";
import { containersOf } from "./containers-of";

/** A policy about each container, on whatever platform. */
export function containerPolicy(
  facts: Omit<ResourcePolicy, "scope" | "check">,
  check: (
    container: ContainerView,
    report: Report,
    resource: PolicyResource,
    context: PolicyContext,
  ) => void,
): ResourcePolicy {
  return {
    ...facts,
    scope: "resource",
    check: (resource, context, report) => {
      for (const container of containersOf(resource)) {
        // Each by itself: what is not known of one says nothing about the next.
        attempt(report, () => {
          check(container, report, resource, context);
        });
      }
    },
  };
}
