import { DEAD_MANS_SWITCH, NOBODY } from "../alert-routing";
import { urlPlace } from "../url-place";
import type { RawSettings } from "./raw-settings";
import { type Problem, show } from "./problem";
import { type ReceiverOf, RECEIVER_KINDS, type ReceiverSettings } from "./receivers";
import type { Settings } from "./schema";
import { checkUrl } from "./url-checks";
import { writtenKeys } from "./written";

/** Stacks in which nobody being told of an alert is a fault. */
const PRODUCTION: readonly string[] = ["prod", "production"];
/** What Alertmanager has receivers of its own for. */
const RESERVED: readonly string[] = [NOBODY, DEAD_MANS_SWITCH];

const setting = (name: string): string => `whalewatch:alerts.receivers.${name}`;

/** Each receiver by itself, and whether there are any where there must be, or may not. */
export function checkReceivers(settings: Settings, raw: RawSettings): Problem[] {
  const receivers = Object.entries(settings.alerts.receivers);
  return [
    ...checkPresence(settings, raw),
    ...receivers.flatMap(([name, receiver]) => [
      ...checkName(name),
      ...checkKind(name, raw),
      ...checkUrls(name, receiver, settings),
      ...(receiver.email
        ? [...checkLogin(name, raw), ...checkEmail(name, receiver.email, settings)]
        : []),
      ...(receiver.webhook ? checkWebhook(name, raw) : []),
    ]),
  ];
}

function checkPresence(
  { monitoring, alertmanager, alerts, prometheus }: Settings,
  raw: RawSettings,
): Problem[] {
  if (!monitoring.enabled) return [];
  const declared = writtenKeys(raw, "alerts", "receivers");
  const wanted = declared.length > 0 || alerts.deadMansSwitch !== undefined;
  if (!alertmanager.enabled) {
    if (!wanted) return [];
    return [
      {
        setting: "whalewatch:alertmanager.enabled",
        found: "false, beside receivers of alerts",
        allowed: "true, since Alertmanager is what tells them; or no receivers",
      },
    ];
  }
  // Routes of the cluster's own Alertmanager may pick the alerts.
  if (prometheus.mode === "operator") return [];
  if (declared.length > 0 || !PRODUCTION.includes(raw.stack)) return [];
  return [
    {
      setting: "whalewatch:alerts.receivers",
      found: `nobody to tell of alerts in ${show(raw.stack)}`,
      allowed:
        "at least one receiver, such as phone: { telegram: { chatId: -1001234567890, secret: telegramToken } }",
    },
  ];
}

function checkName(name: string): Problem[] {
  if (!RESERVED.includes(name)) return [];
  return [
    {
      setting: setting(name),
      found: `the name ${show(name)}`,
      allowed: `any name but ${RESERVED.join(", ")}, which the stack itself uses`,
    },
  ];
}

function checkKind(name: string, raw: RawSettings): Problem[] {
  const kinds = writtenKeys(raw, "alerts", "receivers", name).filter((key) =>
    RECEIVER_KINDS.some((kind) => kind === key),
  );
  if (kinds.length === 1) return [];
  return [
    {
      setting: setting(name),
      found: kinds.length === 0 ? "no kind of receiver" : kinds.join(" and "),
      allowed: `exactly one of ${RECEIVER_KINDS.join(", ")}; a second one is a receiver of its own`,
    },
  ];
}

function checkUrls(name: string, receiver: ReceiverSettings, settings: Settings): Problem[] {
  return Object.entries({
    "telegram.apiUrl": receiver.telegram?.apiUrl,
    "pagerduty.apiUrl": receiver.pagerduty?.apiUrl,
    "webhook.url": receiver.webhook?.url,
  }).flatMap(([key, url]) => {
    if (url === undefined) return [];
    const at = `${setting(name)}.${key}`;
    return [
      ...checkUrl(at, url, settings.platform, { inStack: true }),
      ...checkServicePort(at, url, settings),
    ];
  });
}

/** A service of the stack takes alerts on the port that it listens on; the way to no other is open. */
function checkServicePort(at: string, url: string, { services }: Settings): Problem[] {
  const place = urlPlace(url);
  const service =
    place?.inStack === true && Object.hasOwn(services, place.host)
      ? services[place.host]
      : undefined;
  if (place === undefined || service === undefined || service.port === place.port) return [];
  return [
    {
      setting: at,
      found: `port ${place.port} of the service ${place.host}`,
      allowed: service.port === undefined ? "a service with a port" : `its port, ${service.port}`,
    },
  ];
}

function checkEmail(
  name: string,
  { smarthost, username, requireTls }: ReceiverOf<"email">,
  { platform }: Settings,
): Problem[] {
  const at = `${setting(name)}.email`;
  const place = urlPlace(`smtp://${smarthost}`);
  if (place === undefined) {
    return [{ setting: `${at}.smarthost`, found: show(smarthost), allowed: "a port up to 65535" }];
  }
  const near = place.loopback || place.inStack || (place.inCluster && platform === "kubernetes");
  if (requireTls || (near && username === undefined)) return [];
  return [
    {
      setting: `${at}.requireTls`,
      found: near ? "a password in plain text" : "false, so that mail leaves in plain text",
      allowed: "true; false only without a login, to a server within the stack's own network",
    },
  ];
}

/** The two halves of a login, of which none is of use alone. */
const LOGIN = [
  { key: "username", other: "secret", allowed: "the login that the password belongs to" },
  { key: "secret", other: "username", allowed: "the stack secret that holds its password" },
] as const;

function checkLogin(name: string, raw: RawSettings): Problem[] {
  const keys = writtenKeys(raw, "alerts", "receivers", name, "email");
  return LOGIN.filter(({ key, other }) => !keys.includes(key) && keys.includes(other)).map(
    ({ key, other, allowed }) => ({
      setting: `${setting(name)}.email.${key}`,
      found: `nothing beside ${other}`,
      allowed,
    }),
  );
}

function checkWebhook(name: string, raw: RawSettings): Problem[] {
  const keys = writtenKeys(raw, "alerts", "receivers", name, "webhook");
  const written = ["url", "urlSecret"].filter((key) => keys.includes(key));
  if (written.length === 1) return [];
  return [
    {
      setting: `${setting(name)}.webhook`,
      found: written.length === 0 ? "neither url nor urlSecret" : "both url and urlSecret",
      allowed: "url, or urlSecret where the URL itself is secret",
    },
  ];
}
