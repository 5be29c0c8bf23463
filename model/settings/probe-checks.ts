import { resolveAlert } from "../alerts/resolve";
import { Duration } from "../units/duration";
import { urlPlace } from "../url-place";
import type { ProbeSettings } from "./probes";
import { type Problem, show } from "./problem";
import type { RawSettings } from "./raw-settings";
import type { Settings } from "./schema";
import { looksSecret } from "./secret-checks";
import { written } from "./written";

const SHORTEST = Duration.seconds(5);
/** Prometheus takes a series for gone after 5m, in which two answers must fit. */
const LONGEST = Duration.parse("2m");
/** Further names of parameters by which URLs carry secrets. */
const SECRET_PARAMETER = /(?:^|[-_])(?:key|auth|pass|pwd|sig|signature|session|jwt)$/i;

/** Every probe by itself: asked by somebody, at a place outside, in time, and without a secret. */
export function checkProbes(settings: Settings, raw: RawSettings): Problem[] {
  const { probes, monitoring, exporters } = settings;
  const names = Object.keys(probes);
  const nobody =
    names.length > 0 && monitoring.enabled && !exporters.blackbox.enabled
      ? [
          {
            setting: "whalewatch:exporters.blackbox.enabled",
            found: `false beside ${names.length === 1 ? "a probe" : `${names.length} probes`}`,
            allowed: "true, since it is what asks; or no probes",
          },
        ]
      : [];
  return [
    ...nobody,
    ...Object.entries(probes).flatMap(([name, probe]) => [
      ...checkPlace(name, probe),
      ...checkParameters(name, probe),
      ...checkTimes(name, probe, raw),
      ...checkSlow(name, probe, settings),
    ]),
  ];
}

const at = (name: string, field: string): string => `whalewatch:probes.${name}.${field}`;

function checkPlace(name: string, { url }: ProbeSettings): Problem[] {
  const place = urlPlace(url);
  if (place !== undefined && !place.loopback) return [];
  const found = place === undefined ? show(url) : `${show(url)}, which is the prober itself`;
  return [{ setting: at(name, "url"), found, allowed: "a URL that leads outside the stack" }];
}

/** A URL stands in Prometheus' configuration, in each series and in each alert. */
function checkParameters(name: string, { url }: ProbeSettings): Problem[] {
  if (!URL.canParse(url)) return [];
  const parameters = [...new URL(url).searchParams.keys()];
  const secret = parameters.find(
    (key) => looksSecret(key.replaceAll("-", "_")) || SECRET_PARAMETER.test(key),
  );
  if (secret === undefined) return [];
  return [
    {
      setting: at(name, "url"),
      found: `what looks like a secret in plain text, the parameter ${show(secret)}`,
      allowed:
        "an address that answers without a secret, such as a health path; or expect.status: 401, which says that it is there",
    },
  ];
}

function checkTimes(name: string, { every, timeout }: ProbeSettings, raw: RawSettings): Problem[] {
  if (every.seconds < SHORTEST.seconds || every.seconds > LONGEST.seconds) {
    const allowed = `from ${SHORTEST.toString()} to ${LONGEST.toString()}`;
    return [{ setting: at(name, "every"), found: show(every.toString()), allowed }];
  }
  if (timeout.seconds < every.seconds) return [];
  // Of two times the written one is at fault; the other may be the default.
  const field = written(raw, "probes", name, "timeout") === undefined ? "every" : "timeout";
  return [
    field === "timeout"
      ? {
          setting: at(name, field),
          found: show(timeout.toString()),
          allowed: `shorter than every, which is ${every.toString()}`,
        }
      : {
          setting: at(name, field),
          found: show(every.toString()),
          allowed: `longer than timeout, which is ${timeout.toString()}`,
        },
  ];
}

/** Who has given up cannot be slow. */
function checkSlow(name: string, { timeout }: ProbeSettings, settings: Settings): Problem[] {
  const slow = resolveAlert(settings, "ProbeSlow", name)?.threshold;
  if (slow === undefined || slow.value < timeout.seconds) return [];
  return [
    {
      setting: at(name, "timeout"),
      found: show(timeout.toString()),
      allowed: `longer than ${slow.text}, from where on it is slow; or another threshold in whalewatch:alerts.rules.ProbeSlow.probes.${name}`,
    },
  ];
}
