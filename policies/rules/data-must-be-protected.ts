import {
  attempt,
  fieldsOf,
  type PolicyResource,
  type StackPolicy,
  type StackReport,
  titleOf,
} from "../policy";

const CONTAINER = "docker:index/container:Container";
const VOLUME = "docker:index/volume:Volume";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

/** No update and no slip of the keyboard takes data away; who means it says so first. */
export const dataMustBeProtected: StackPolicy = {
  name: "data-must-be-protected",
  description:
    "Every volume, claim and namespace with data is protected, and claims outlive what mounts them.",
  remedy:
    "Register it with protect: true; of a StatefulSet, retain claims when it is deleted or scaled.",
  level: "mandatory",
  scope: "stack",
  check: (resources, _, report) => {
    checkDocker(resources, report);
    checkKubernetes(resources, report);
  },
};

function checkDocker(resources: readonly PolicyResource[], report: StackReport): void {
  const written = new Set(
    resources
      .filter(({ type }) => type === CONTAINER)
      .flatMap((container) => writtenVolumes(container)),
  );
  for (const volume of resources.filter(({ type }) => type === VOLUME)) {
    // The name of a volume of files may follow from a password; data has a fixed one.
    const name = fieldsOf(volume).at("name");
    if (name.isUnknown || !written.has(name.text ?? "") || volume.protect) continue;
    report(`${titleOf(volume)} holds data and is not protected.`, volume);
  }
}

/** What a container that runs may write to; what carries files never runs. */
function writtenVolumes(container: PolicyResource): string[] {
  const fields = fieldsOf(container);
  if (fields.at("start").flag === false) return [];
  return fields
    .at("volumes")
    .list.filter((volume) => volume.at("readOnly").flag !== true)
    .flatMap((volume) => volume.at("volumeName").text ?? []);
}

function checkKubernetes(resources: readonly PolicyResource[], report: StackReport): void {
  const claims = resources.filter(({ type }) => type === CLAIM);
  const sets = resources.filter(
    (resource) =>
      resource.type === STATEFUL_SET &&
      fieldsOf(resource).at("spec", "volumeClaimTemplates").list.length > 0,
  );
  for (const claim of claims) {
    if (!claim.protect) report(`${titleOf(claim)} holds data and is not protected.`, claim);
  }
  for (const set of sets) {
    const retention = fieldsOf(set).at("spec", "persistentVolumeClaimRetentionPolicy");
    for (const when of ["whenDeleted", "whenScaled"]) {
      attempt(
        (finding) => {
          report(finding, set);
        },
        () => {
          // Absent, Kubernetes retains.
          if ((retention.at(when).text ?? "Retain") !== "Retain") {
            report(`${titleOf(set)} deletes its claims, and the data in them (${when}).`, set);
          }
        },
      );
    }
  }
  const spaces = new Set([...claims, ...sets].map(namespaceOf));
  for (const namespace of resources.filter(({ type }) => type === NAMESPACE)) {
    const name = fieldsOf(namespace).at("metadata", "name").text;
    if (!spaces.has(name) || namespace.protect) continue;
    report(
      `${titleOf(namespace)} holds claims, which go with it, and is not protected.`,
      namespace,
    );
  }
}

const namespaceOf = (resource: PolicyResource): string | undefined =>
  fieldsOf(resource).at("metadata", "namespace").text;
