import { textAt, type ApiObject } from "../api-object";
import { daemonSetJudge } from "./daemon-set";
import { deploymentJudge } from "./deployment";
import { ingressJudge } from "./ingress";
import { jobJudge } from "./job";
import type { Judge } from "./judge";
import { podJudge } from "./pod";
import { quotaJudge } from "./quota";
import { serviceJudge } from "./service";
import { statefulSetJudge } from "./stateful-set";
import { claimJudge, volumeJudge } from "./storage";

/** The kinds that a create and an update wait for. */
const JUDGES: Readonly<Record<string, Judge>> = {
  "apps/v1/DaemonSet": daemonSetJudge,
  "apps/v1/Deployment": deploymentJudge,
  "apps/v1/StatefulSet": statefulSetJudge,
  "batch/v1/Job": jobJudge,
  "networking.k8s.io/v1/Ingress": ingressJudge,
  "v1/PersistentVolume": volumeJudge,
  "v1/PersistentVolumeClaim": claimJudge,
  "v1/Pod": podJudge,
  "v1/ResourceQuota": quotaJudge,
  "v1/Service": serviceJudge,
};

/** The judge of an object's kind, or undefined for a kind that is ready once it is there. */
export function judgeOf(object: ApiObject): Judge | undefined {
  return JUDGES[`${textAt(object, "apiVersion")}/${textAt(object, "kind")}`];
}
