import type { FileMount } from "../../model/files";
import { BLACKBOX_CONFIG_DIRECTORY } from "../../model/workloads/blackbox-exporter";
import { toYaml } from "../yaml";

/** The name of the only kind of probe. */
export const PROBE_MODULE = "http_2xx";

/** The probe that asks for an answer of 2xx, without following redirects elsewhere. */
export function blackboxExporterMounts(): FileMount[] {
  const config = {
    modules: {
      [PROBE_MODULE]: {
        prober: "http",
        timeout: "5s",
        http: { preferred_ip_protocol: "ip4", follow_redirects: false },
      },
    },
  };
  return [
    {
      name: "config",
      directory: BLACKBOX_CONFIG_DIRECTORY,
      sensitive: false,
      onChange: "replace",
      files: { "config.yml": toYaml(config) },
    },
  ];
}
