import type { PlannedResource } from "../../plan/planned-resources";
import type { Effect } from "./type-effects";

/** Of every object: another name or namespace is another object. */
const IDENTITY = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];

/**
 * Fields that the API server does not let change, so that the provider makes the object anew, of the
 * kinds that a stack has (pulumi-kubernetes, provider/pkg/provider/diff.go).
 */
const FIXED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  "apps/v1:DaemonSet": ["spec.selector"],
  "apps/v1:Deployment": ["spec.selector"],
  "apps/v1:StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "core/v1:PersistentVolumeClaim": [
    "spec.accessModes",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeName",
  ],
  "core/v1:ResourceQuota": ["spec.scopes"],
  "core/v1:Secret": ["type"],
  "core/v1:Service": ["spec.clusterIP"],
  "rbac.authorization.k8s.io/v1:ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1:RoleBinding": ["roleRef"],
};

/** Of what is marked immutable: the content. The stack's provider lets all other content change. */
const CONTENT = ["data", "binaryData", "stringData", "immutable"];

/** The fields of a resource whose change makes the object anew. */
export function fixedFields({ type, inputs }: PlannedResource): string[] {
  const kind = type.replace(/^kubernetes:/, "");
  return [
    ...IDENTITY,
    ...(FIXED_FIELDS[kind] ?? []),
    ...(inputs["immutable"] === true ? CONTENT : []),
  ];
}

/** What a change of the field at a path does; the path leads to a value that has no fields itself. */
export function kubernetesEffect(resource: PlannedResource, path: readonly string[]): Effect {
  const changed = `${path.join(".")}.`;
  const replaces = fixedFields(resource).some((field) => changed.startsWith(`${field}.`));
  return replaces ? "replaces" : "in place";
}
