import { z } from "zod";

/** The kinds that run pods. */
export const CONTROLLERS: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet", "CronJob"];

const cronJobSpec = z.object({ jobTemplate: z.object({ spec: z.unknown() }) });

/** The part of a controller's spec that has the pods' template, which a CronJob keeps deeper inside. */
export function controllerSpec<T extends z.ZodType>(spec: T) {
  return z.preprocess(
    (value) => cronJobSpec.safeParse(value).data?.jobTemplate.spec ?? value,
    spec,
  );
}
