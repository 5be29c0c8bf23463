import type { FileMount } from "../../model/files";
import { ALERTMANAGER_CONFIG_DIRECTORY } from "../../model/workloads/alertmanager";
import { toYaml } from "../yaml";

/** Where alerts go that nobody has asked for. */
const NOBODY = "nobody";

/** alertmanager.yml: groups by alert and service, and quiets a warning under its critical twin. */
export function alertmanagerMounts(): FileMount[] {
  const config = {
    route: {
      receiver: NOBODY,
      group_by: ["alertname", "job", "service"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "4h",
    },
    inhibit_rules: [
      {
        source_matchers: ['severity = "critical"'],
        target_matchers: ['severity = "warning"'],
        equal: ["alertname", "job", "service"],
      },
    ],
    receivers: [{ name: NOBODY }],
  };
  return [
    {
      name: "config",
      directory: ALERTMANAGER_CONFIG_DIRECTORY,
      sensitive: false,
      onChange: "replace",
      files: { "alertmanager.yml": toYaml(config) },
    },
  ];
}
