import {
  type AnnotationContainer,
  AnnotationQueryBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Stack } from "../model/stack";
import { watchedServices } from "../model/watched-services";
import { DATASOURCE_UID } from "./datasource";
import { WINDOW } from "./panels";

/** Often enough for an hour's view; Grafana widens it for longer ones. */
const STEP = "1m";

/**
 * What every graph marks: that something else was declared, and that a service started. Both look
 * back by what Grafana leaves between two points, so that nothing falls between them.
 */
export function annotations(stack: Stack): AnnotationContainer {
  const deploys = annotation("Deploys", "blue")
    .expr(
      "max by (digest) (stack:plan:info) unless max by (digest) (stack:plan:info offset $__interval)",
    )
    .titleFormat("Deployed {{digest}}")
    .tagKeys("digest");
  const starts = annotation("Starts", "orange")
    .expr(`changes(service:process_start_time_seconds:max[${WINDOW}]) > 0`)
    .titleFormat("{{service}} started")
    .tagKeys("service");
  const timed = watchedServices(stack).some(({ profile }) => profile.process);
  return { list: [deploys, ...(timed ? [starts] : [])].map((query) => query.build()) };
}

function annotation(name: string, colour: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource({ type: "prometheus", uid: DATASOURCE_UID })
    .iconColor(colour)
    .step(STEP);
}
