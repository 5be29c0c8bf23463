import { fieldsOf, type ResourcePolicy, titleOf } from "../policy";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
/** The API server refuses more (Kubernetes' documentation, "ConfigMap": 1 MiB). */
const MOST_BYTES = 1_048_576;

/** A stack that has grown would fail half way through an update. */
export const configMapsMustFit: ResourcePolicy = {
  name: "config-maps-must-fit",
  description: "Every ConfigMap is within the 1 MiB that a cluster takes.",
  remedy: "Declare fewer services in this stack, and the others in a stack of their own.",
  level: "mandatory",
  scope: "resource",
  check: (resource, _context, report) => {
    if (resource.type !== CONFIG_MAP) return;
    const data = fieldsOf(resource).at("data");
    if (data.isUnknown) return;
    const sizes = data.members.map(([, file]) =>
      file.isUnknown ? 0 : Buffer.byteLength(file.text ?? ""),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (bytes > MOST_BYTES) {
      report(`${titleOf(resource)} has ${bytes} bytes; at most ${MOST_BYTES}.`);
    }
  },
};
