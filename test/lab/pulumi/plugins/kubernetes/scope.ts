/** Kinds of the API's own groups that live in no namespace. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  "APIService",
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "ComponentStatus",
  "CustomResourceDefinition",
  "DeviceClass",
  "FlowSchema",
  "IPAddress",
  "IngressClass",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "ResourceSlice",
  "RuntimeClass",
  "ServiceCIDR",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
  "VolumeAttributesClass",
]);

/** Groups without a dot that Kubernetes itself has. */
const OWN_GROUPS: ReadonlySet<string> = new Set(["apps", "autoscaling", "batch", "policy", ""]);

/** Whether objects of a kind live in a namespace; undefined for a kind that is not Kubernetes' own. */
export function isNamespaced(apiVersion: string, kind: string): boolean | undefined {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  if (!OWN_GROUPS.has(group) && !group.endsWith(".k8s.io")) return undefined;
  return !CLUSTER_SCOPED.has(kind);
}
