import { UNKNOWN } from "../../../policies/field";
import { configMapsMustFit } from "../../../policies/rules/config-maps-must-fit";
import { checkPolicy } from "../../support/policy-cases";
import { object } from "../../support/policy-resources";

const MOST = 1_048_576;
const configMap = (data: object) => object("core/v1:ConfigMap", "rules-configmap", { data });

checkPolicy(configMapsMustFit, {
  passes: [
    { title: "as much as fits", resources: [configMap({ "a.yml": "x".repeat(MOST) })] },
    {
      title: "what is no ConfigMap",
      resources: [object("core/v1:Secret", "s", { stringData: { a: "x".repeat(MOST + 1) } })],
    },
    {
      title: "what is known after the update only",
      resources: [configMap({ "a.yml": UNKNOWN, "b.yml": "x" })],
    },
  ],
  fails: [
    {
      title: "files that fit one by one, and not together",
      resources: [configMap({ "a.yml": "x".repeat(MOST), "b.yml": "x" })],
      messages: ["ConfigMap 'rules-configmap' has 1048577 bytes; at most 1048576."],
    },
    {
      title: "letters of more than one byte",
      resources: [configMap({ "a.yml": "ü".repeat(MOST / 2 + 1) })],
      messages: ["ConfigMap 'rules-configmap' has 1048578 bytes; at most 1048576."],
    },
  ],
  absent: [{ title: "no data", resources: [object("core/v1:ConfigMap", "rules-configmap", {})] }],
});
