import type { FileMount } from "../../model/files";
import { RECEIVER_KINDS, type ReceiverKind } from "../../model/settings/receivers";
import type { Settings } from "../../model/settings/schema";
import { receiverSecrets } from "../../model/settings/receiver-secrets";
import { ALERTMANAGER_CONFIG_DIRECTORY } from "../../model/workloads/alertmanager";
import { declaredSecretMounts } from "../secret-mount";
import { toYaml } from "../yaml";
import { inhibitRules } from "./inhibit";
import { timeInterval } from "./mute";
import { receiverConfigs } from "./receivers";
import { routeTree } from "./routes";
import { templateFile } from "./templates/channel-template";
import { CHANNEL_TEMPLATES } from "./templates/templates";

/**
 * alertmanager.yml, a template file for each channel that is used, and the receivers' secrets. A
 * change replaces the container; silences and what was told are on its volume.
 */
export function alertmanagerMounts(
  settings: Pick<Settings, "alerts" | "platform" | "probes" | "services">,
): FileMount[] {
  const { alerts } = settings;
  const templates = templateFiles(alerts);
  const mute = Object.entries(alerts.mute).map(([name, times]) => timeInterval(name, times));
  const config = {
    // By name: a pattern would be content with no file at all.
    ...(templates.size > 0 && {
      templates: [...templates.keys()].map((file) => `${ALERTMANAGER_CONFIG_DIRECTORY}/${file}`),
    }),
    route: routeTree(settings),
    inhibit_rules: inhibitRules(settings),
    ...(mute.length > 0 && { time_intervals: mute }),
    receivers: receiverConfigs(alerts),
  };
  return [
    {
      name: "config",
      directory: ALERTMANAGER_CONFIG_DIRECTORY,
      sensitive: false,
      onChange: "replace",
      files: { "alertmanager.yml": toYaml(config), ...Object.fromEntries(templates) },
    },
    ...declaredSecretMounts(receiverSecrets(alerts).map(({ secret }) => secret)),
  ];
}

function templateFiles({ receivers }: Settings["alerts"]): Map<string, string> {
  const declared = Object.values(receivers);
  const used = RECEIVER_KINDS.filter(
    (kind) =>
      CHANNEL_TEMPLATES[kind].length > 0 &&
      declared.some((receiver) => receiver[kind] !== undefined),
  );
  return new Map(
    used.map((kind: ReceiverKind) => [`${kind}.tmpl`, templateFile(CHANNEL_TEMPLATES[kind])]),
  );
}
