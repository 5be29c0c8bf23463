import { at, type Problem } from "./problem";
import type { Settings } from "./schema";
import type { ServiceSettings } from "./service";

interface Host {
  /** Who has it: the setting without `whalewatch:` before and `.host` after. */
  readonly owner: string;
  readonly host: string;
}

/** Each host name leads to one workload, on a platform that has a way in for it. */
export function checkHosts(settings: Settings): Problem[] {
  const hosts = hostsOf(settings);
  if (settings.platform === "docker") {
    return hosts.map((one) => ({
      setting: settingOf(one),
      found: `${one.host} on Docker`,
      allowed: "publish: PORT with a proxy of your own before it, or platform: kubernetes",
    }));
  }
  return [
    ...withoutRoute(hosts, settings),
    ...sharedHosts(hosts),
    ...Object.entries(settings.services).flatMap(([name, service]) => withoutPort(name, service)),
  ];
}

/** Neither Prometheus nor Alertmanager asks who is there, so none of them has a host. */
function hostsOf({ services, monitoring, grafana }: Settings): Host[] {
  const own = Object.entries(services).flatMap(([name, { host }]) =>
    host === undefined ? [] : [{ owner: `services.${name}`, host }],
  );
  return monitoring.enabled && grafana.enabled && grafana.host !== undefined
    ? [...own, { owner: "grafana", host: grafana.host }]
    : own;
}

function withoutRoute(hosts: readonly Host[], { kubernetes }: Settings): Problem[] {
  if (kubernetes.route !== undefined) return [];
  return hosts.map((one) => ({
    setting: settingOf(one),
    found: `${one.host} without a way in`,
    allowed: "whalewatch:kubernetes.route, which says how the cluster lets requests in",
  }));
}

function withoutPort(name: string, { host, port }: ServiceSettings): Problem[] {
  if (host === undefined || port !== undefined) return [];
  return [
    {
      setting: at(name, "host"),
      found: `${host} for a service without a port`,
      allowed: "a port to which the route leads, or no host",
    },
  ];
}

/** Controllers refuse the second route for a name, or send every request to one of the two. */
function sharedHosts(hosts: readonly Host[]): Problem[] {
  const firsts = new Map<string, string>();
  return hosts.flatMap((one): Problem[] => {
    const first = firsts.get(one.host);
    firsts.set(one.host, first ?? one.owner);
    if (first === undefined) return [];
    return [
      {
        setting: settingOf(one),
        found: `${one.host}, the host of ${first} too`,
        allowed: "a host of its own",
      },
    ];
  });
}

const settingOf = ({ owner }: Host): string => `whalewatch:${owner}.host`;
