import { runDeadline, type Schedule } from "../../../../model/schedule";
import type { KubernetesObject, ObjectMeta } from "../kubernetes-object";
import type { podTemplate } from "./pod-template";

const HOUR_SECONDS = 3600;
const HOURS_A_DAY = 24;
/** A run that failed is tried again before its deadline: the store may be coming up. */
const RETRIES = 2;

/** Runs pods at the times of a schedule, one after the other. */
export function cronJob(
  metadata: ObjectMeta,
  schedule: Schedule,
  template: ReturnType<typeof podTemplate>,
): KubernetesObject {
  const deadline = runDeadline(schedule).seconds;
  return {
    kind: "CronJob",
    apiVersion: "batch/v1",
    metadata,
    spec: {
      schedule: cronExpression(schedule),
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: deadline,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { ...(metadata.labels && { labels: metadata.labels }) },
        spec: { backoffLimit: RETRIES, activeDeadlineSeconds: deadline, template },
      },
    },
  };
}

/** `30 2,8,14,20 * * *` for every six hours, 02:30 among them. */
function cronExpression({ every, at }: Schedule): string {
  const step = every.seconds / HOUR_SECONDS;
  if (!Number.isInteger(step) || HOURS_A_DAY % step !== 0) {
    throw new RangeError(`found every ${every.toString()}; allowed: hours that divide a day`);
  }
  const hours = Array.from(
    { length: HOURS_A_DAY / step },
    (_, run) => (at.hour % step) + run * step,
  );
  return `${at.minute} ${step === 1 ? "*" : hours.join(",")} * * *`;
}
