import { fieldsOf, type PolicyResource, type ResourcePolicy, titleOf } from "../policy";
import { workloadOf } from "../workload-of";

const CONTAINER = "docker:index/container:Container";
/** What runs a store on Kubernetes; the claim of a CronJob is a volume of its pods. */
const CONTROLLERS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:apps/v1:StatefulSet": ["spec", "template", "spec"],
  "kubernetes:apps/v1:Deployment": ["spec", "template", "spec"],
  "kubernetes:batch/v1:CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
};

/** Without one the data is gone with the first update of the image. */
export const storesMustHaveAVolume: ResourcePolicy = {
  name: "stores-must-have-a-volume",
  description: "Every store keeps its data in a volume that outlives its container.",
  remedy: "Mount a volume where the store writes.",
  level: "mandatory",
  scope: "resource",
  check: (resource, context, report) => {
    if (workloadOf(resource, context.stack)?.role !== "store") return;
    if (runsWithoutVolume(resource)) {
      report(`${titleOf(resource)} runs a store without a volume for its data.`);
    }
  },
};

function runsWithoutVolume(resource: PolicyResource): boolean {
  const fields = fieldsOf(resource);
  if (resource.type === CONTAINER) {
    if (fields.at("start").flag === false) return false; // it carries files and never runs
    return !fields
      .at("volumes")
      .list.some(
        (volume) =>
          volume.at("readOnly").flag !== true && volume.at("volumeName").text !== undefined,
      );
  }
  const path = CONTROLLERS[resource.type];
  if (path === undefined) return false;
  const claims = fields.at("spec", "volumeClaimTemplates").list.length > 0;
  const shared = fields
    .at(...path, "volumes")
    .list.some((volume) => !volume.at("persistentVolumeClaim").isAbsent);
  return !claims && !shared;
}
