import type { FileMount } from "../../model/files";
import type { Stack } from "../../model/stack";
import { BLACKBOX_CONFIG_DIRECTORY } from "../../model/workloads/blackbox-exporter";
import { toYaml } from "../yaml";
import { outsideModules } from "./outside-modules";

/** The name of the probe of the stack's own services. */
export const PROBE_MODULE = "http_2xx";

/**
 * The probe that asks for an answer of 2xx, without following redirects elsewhere, and one for each
 * kind of answer that is expected from outside the stack.
 */
export function blackboxExporterMounts({ probes, outsideProbes }: Stack): FileMount[] {
  const config = {
    modules: {
      ...(probes.length > 0 && {
        [PROBE_MODULE]: {
          prober: "http",
          timeout: "5s",
          http: { preferred_ip_protocol: "ip4", follow_redirects: false },
        },
      }),
      ...outsideModules(outsideProbes),
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
