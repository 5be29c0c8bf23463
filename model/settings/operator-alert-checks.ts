import { urlPlace } from "../url-place";
import { type Problem, show } from "./problem";
import type { ReceiverSettings } from "./receivers";
import type { Settings } from "./schema";

/** What an AlertmanagerConfig cannot say, or the Alertmanager of the cluster cannot do. */
export function checkOperatorAlerts({ alerts }: Settings): Problem[] {
  return [
    ...Object.entries(alerts.mute)
      .filter(([, { location }]) => location !== UTC)
      .map(([name, { location }]) => ({
        setting: `whalewatch:alerts.mute.${name}.location`,
        found: `${show(location)} beside prometheus.mode: operator, whose objects have no time zone`,
        allowed: "UTC, with times that are meant in it; or prometheus.mode: server",
      })),
    ...Object.entries(alerts.receivers).flatMap(([name, receiver]) =>
      urlsOf(receiver).flatMap(([key, url]) => {
        const place = url === undefined ? undefined : urlPlace(url);
        if (place?.inStack !== true && place?.loopback !== true) return [];
        return [
          {
            setting: `whalewatch:alerts.receivers.${name}.${key}`,
            found: `${show(place.host)}, which the Alertmanager of the cluster does not reach`,
            allowed: "a name that leads there from its namespace; or prometheus.mode: server",
          },
        ];
      }),
    ),
  ];
}

const UTC = "UTC";

function urlsOf(receiver: ReceiverSettings): [string, string | undefined][] {
  const { telegram, email, pagerduty, webhook } = receiver;
  return [
    ["telegram.apiUrl", telegram?.apiUrl],
    ["email.smarthost", email && `smtp://${email.smarthost}`],
    ["pagerduty.apiUrl", pagerduty?.apiUrl],
    ["webhook.url", webhook?.url],
  ];
}
