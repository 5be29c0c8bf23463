import { grafanaUrl } from "../../model/grafana-url";
import { urlPlace } from "../../model/url-place";
import type { StackPolicy } from "../policy";

/** Who is woken opens the link of the alert on a telephone, and not on the machine of the stack. */
export const productionLinksMustOpen: StackPolicy = {
  name: "production-links-must-open",
  description: "In production the links of alerts open wherever they are read.",
  remedy: "Set grafana.host, or grafana.url where a proxy of your own leads to it.",
  level: "advisory",
  scope: "stack",
  check: (_, { stack: { settings } }, report) => {
    const { policies, monitoring, grafana } = settings;
    if (!policies.production || !monitoring.enabled || !grafana.enabled) return;
    const url = grafanaUrl(settings);
    const place = urlPlace(url);
    if (place?.loopback === true || place?.inStack === true) {
      report(
        `The links of alerts begin with ${url}, which opens on the stack's own machine alone.`,
      );
    }
  },
};
