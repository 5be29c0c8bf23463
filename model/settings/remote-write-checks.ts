import { type Problem, show } from "./problem";
import type { RemoteWriteSettings } from "./remote-write";
import type { Settings } from "./schema";
import { looksSecret } from "./secret-checks";
import { checkUrl } from "./url-checks";

/** What Prometheus sets itself and refuses to have set (its `reservedHeaders`). */
const RESERVED_HEADERS: readonly string[] = [
  "accept-encoding",
  "authorization",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "user-agent",
  "www-authenticate",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-security-token",
  "x-prometheus-remote-write-version",
];
/** Prometheus' own defaults of `queue_config`. */
const DEFAULT_CAPACITY = 10_000;
const DEFAULT_BATCH = 2000;

/** Every store for remote write by itself, and their names beside one another. */
export function checkRemoteWrite({ platform, prometheus }: Settings): Problem[] {
  const { remoteWrite } = prometheus;
  return remoteWrite.flatMap((store, index) => {
    const at = `whalewatch:prometheus.remoteWrite.${index}`;
    const twin = remoteWrite.findIndex(({ name }) => name === store.name);
    return [
      ...(twin < index
        ? [
            {
              setting: `${at}.name`,
              found: `${show(store.name)}, the name of remoteWrite.${twin} too`,
              allowed: "a name of its own",
            },
          ]
        : []),
      ...checkUrl(`${at}.url`, store.url, platform),
      ...checkStoreLogin(at, store),
      ...checkQueue(at, store),
    ];
  });
}

/** Headers and login of a store: nothing that Prometheus sets itself, no secret in plain text. */
export function checkStoreLogin(
  at: string,
  { username, secret, headers = {} }: Pick<RemoteWriteSettings, "username" | "secret" | "headers">,
): Problem[] {
  const problems = Object.keys(headers).flatMap((header): Problem[] => {
    const setting = `${at}.headers.${header}`;
    if (RESERVED_HEADERS.includes(header.toLowerCase())) {
      const allowed = "secret, with username where it is a password; every other header";
      return [{ setting, found: "a header that Prometheus sets itself", allowed }];
    }
    if (!looksSecret(header.replaceAll("-", "_"))) return [];
    const allowed = `a stack secret named in ${at}.secret`;
    return [{ setting, found: "what looks like a secret in plain text", allowed }];
  });
  if (username !== undefined && secret === undefined) {
    problems.push({
      setting: `${at}.secret`,
      found: "nothing beside username",
      allowed: "the stack secret that holds its password",
    });
  }
  return problems;
}

function checkQueue(at: string, { queue = {} }: RemoteWriteSettings): Problem[] {
  const { capacity = DEFAULT_CAPACITY, maxSamplesPerSend = DEFAULT_BATCH } = queue;
  if (capacity >= maxSamplesPerSend) return [];
  return [
    {
      setting: `${at}.queue.capacity`,
      found: `${capacity}, less than one request of ${maxSamplesPerSend}`,
      allowed: `at least maxSamplesPerSend; Prometheus advises 3 to 10 times as many`,
    },
  ];
}
