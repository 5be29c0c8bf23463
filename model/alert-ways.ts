import { uniquePeers } from "./outside-ways";
import type { ReceiverSettings } from "./settings/receivers";
import type { Settings } from "./settings/schema";
import { type UrlPlace, urlPlace, wayTo } from "./url-place";
import type { OutsidePeer } from "./workload";

/** What telling people of alerts opens. */
export interface AlertWays {
  readonly internet: boolean;
  /** Places that are known not to be on the internet. */
  readonly outside: readonly OutsidePeer[];
  /** Services of the stack that take alerts. */
  readonly connects: readonly string[];
}

/**
 * The ways to all receivers. A URL that is a secret leads to the internet, as far as is known here;
 * so does a channel's own API.
 */
export function alertWays({ alerts, services }: Pick<Settings, "alerts" | "services">): AlertWays {
  const { receivers, deadMansSwitch } = alerts;
  const places = Object.values(receivers).map(placeOf);
  const own = (place: UrlPlace) => place.inStack && Object.hasOwn(services, place.host);
  const known = places.flatMap((place) => place ?? []);
  const ways = known.filter((place) => !own(place)).map(inStackOrElsewhere);
  return {
    internet:
      deadMansSwitch !== undefined || places.includes(undefined) || ways.includes("internet"),
    outside: uniquePeers(ways.flatMap((way) => (typeof way === "object" ? way : []))),
    connects: [...new Set(known.filter(own).map(({ host }) => host))],
  };
}

/** Where a receiver is; undefined where only its secret says so. */
function placeOf({ telegram, email, pagerduty, webhook }: ReceiverSettings): UrlPlace | undefined {
  const url = telegram?.apiUrl ?? pagerduty?.apiUrl ?? webhook?.url;
  if (url !== undefined) return urlPlace(url);
  return email && urlPlace(`smtp://${email.smarthost}`);
}

function inStackOrElsewhere(place: UrlPlace): OutsidePeer | "internet" | undefined {
  return place.inStack ? { host: place.host, port: place.port } : wayTo(place);
}
