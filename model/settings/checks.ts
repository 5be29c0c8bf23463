import { memoryBudget } from "../budget";
import { Duration } from "../units/duration";
import { checkAlertRoutes } from "./alert-route-checks";
import { checkAlertRules } from "./alert-rule-checks";
import { checkGrafana } from "./grafana-checks";
import { checkHosts } from "./host-checks";
import { RESERVED_NAMES } from "../reserved-names";
import { resolveStack } from "../resolve-stack";
import { checkObjectives } from "./objective-checks";
import { checkOperator } from "./operator-checks";
import { checkOwn } from "./own-checks";
import { checkPlatform } from "./platform-checks";
import { checkPolicies } from "./policy-checks";
import { at, type Problem, show } from "./problem";
import type { RawSettings } from "./raw-settings";
import { checkProbes } from "./probe-checks";
import { checkReceivers } from "./receiver-checks";
import { checkPrometheus } from "./prometheus-checks";
import { checkRemoteWrite } from "./remote-write-checks";
import type { Settings } from "./schema";
import { checkEnvironment, checkSecrets, checkStoredSecrets } from "./secret-checks";
import type { ServiceSettings } from "./service";
import { checkNamedSecrets, checkStores } from "./store-checks";
import { written, writtenKeys } from "./written";

/** The rules that span several settings. Each returns what is wrong, none throws. */
export function checkSettings(settings: Settings, raw: RawSettings): Problem[] {
  const services = Object.entries(settings.services);
  const ofServices = services.flatMap(([name, service]) => [
    ...checkName(name),
    ...checkPort(name, service, raw),
    ...checkEnvironment(name, service),
    ...checkVolumes(name, service),
    ...checkNeeds(name, service, settings, raw),
    ...checkSecrets(name, service, raw),
  ]);
  const cycle = findCycle(settings.services);
  return [
    ...ofServices,
    ...checkPlatform(settings, raw),
    ...checkHosts(settings),
    ...checkMonitoring(settings),
    ...checkScrapeInterval(settings),
    ...checkStores(settings, raw),
    ...checkGrafana(settings, raw),
    ...checkObjectives(settings, raw),
    ...checkRemoteWrite(settings),
    ...checkReceivers(settings, raw),
    ...checkAlertRoutes(settings, raw),
    ...checkAlertRules(settings, raw),
    ...checkProbes(settings, raw),
    ...checkPrometheus(settings, raw),
    ...checkOperator(settings, raw),
    ...checkNamedSecrets(settings, raw),
    ...checkStoredSecrets(raw),
    ...checkPolicies(settings),
    ...checkOwn(settings),
    ...(cycle ? [cycle] : checkBudget(settings)),
  ];
}

function checkName(name: string): Problem[] {
  if (!RESERVED_NAMES.includes(name)) return [];
  return [
    {
      setting: `whalewatch:services.${name}`,
      found: `the name ${show(name)}`,
      allowed: `any name but ${RESERVED_NAMES.join(", ")}, which the stack itself uses`,
    },
  ];
}

function checkPort(
  name: string,
  { kind, port, publish }: ServiceSettings,
  raw: RawSettings,
): Problem[] {
  if (port !== undefined || (kind === "worker" && publish === undefined)) return [];
  // An unreadable kind may have meant a worker; it is reported by itself.
  const writtenKind = written(raw, "services", name, "kind");
  if (writtenKind !== undefined && writtenKind !== kind) return [];
  const allowed = `the port that the program listens on, from 1 to 65535${
    kind === "worker" ? " (publish needs it)" : "; only a worker may have none"
  }`;
  return [{ setting: at(name, "port"), found: "nothing", allowed }];
}

function checkVolumes(name: string, { volumes }: ServiceSettings): Problem[] {
  const paths = Object.entries(volumes).map(([volume, { path }]) => ({ volume, path }));
  return paths.flatMap(({ volume, path }, index) => {
    const clash = paths.slice(0, index).find((other) => nested(other.path, path));
    const other =
      clash?.path ??
      ["/run/secrets", "/tmp", "/proc", "/sys", "/dev"].find((taken) => nested(taken, path));
    if (other === undefined) return [];
    return [
      {
        setting: at(name, `volumes.${volume}.path`),
        found: show(path),
        allowed: `a directory apart from ${other}, which is mounted already`,
      },
    ];
  });
}

const nested = (a: string, b: string): boolean =>
  a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

function checkNeeds(
  name: string,
  { needs }: ServiceSettings,
  settings: Settings,
  raw: RawSettings,
): Problem[] {
  // Names as written, so that what has a fault of its own is not reported as missing too.
  const services = writtenKeys(raw, "services");
  const stores = (["postgres", "redis"] as const).filter(
    (store) => settings[store]?.enabled ?? raw.values[store] !== undefined,
  );
  const known = [...stores, ...services.filter((service) => service !== name)];
  // A service that needs itself is a circle, and reported as one.
  return needs
    .filter((need) => need !== name && !known.includes(need))
    .map((need) => ({
      setting: at(name, "needs"),
      found: `${show(need)}, which is not declared`,
      allowed: known.length > 0 ? known.join(", ") : "a declared store or service; there is none",
    }));
}

function checkMonitoring({ monitoring, prometheus }: Settings): Problem[] {
  if (!monitoring.enabled || prometheus.enabled) return [];
  return [
    {
      setting: "whalewatch:prometheus.enabled",
      found: "false",
      allowed:
        "true, since all that watches draws on it; monitoring.enabled: false takes all of it away",
    },
  ];
}

/** Rules look at windows of 5 minutes, which need four samples to tell a rate from an accident. */
const LONGEST_SCRAPE_INTERVAL = Duration.parse("1m");

function checkScrapeInterval({ prometheus: { scrapeInterval } }: Settings): Problem[] {
  if (scrapeInterval.seconds <= LONGEST_SCRAPE_INTERVAL.seconds) return [];
  return [
    {
      setting: "whalewatch:prometheus.scrapeInterval",
      found: show(scrapeInterval.toString()),
      allowed: `at most ${LONGEST_SCRAPE_INTERVAL.toString()}: alerts look at 5m, which must hold four samples`,
    },
  ];
}

function findCycle(services: Settings["services"]): Problem | undefined {
  const cleared = new Set<string>();
  const visit = (name: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (cleared.has(name)) return undefined;
    for (const need of services[name]?.needs ?? []) {
      const cycle = visit(need, [...trail, name]);
      if (cycle) return cycle;
    }
    cleared.add(name);
    return undefined;
  };
  for (const name of Object.keys(services)) {
    const cycle = visit(name, []);
    if (cycle?.[0] !== undefined) {
      return {
        setting: at(cycle[0], "needs"),
        found: `a circle: ${cycle.join(" needs ")}`,
        allowed: "needs that end somewhere, since each starts after what it needs",
      };
    }
  }
  return undefined;
}

const LARGEST_SHOWN = 5;

function checkBudget(settings: Settings): Problem[] {
  const { workloads } = resolveStack("check", "check", settings);
  const { limitsMiB, hostMiB, lines } = memoryBudget(workloads, settings.host.memory);
  if (limitsMiB <= hostMiB) return [];
  const largest = lines
    .slice(0, LARGEST_SHOWN)
    .map(({ name, limitMiB }) => `${name} ${limitMiB}`)
    .join(" + ");
  const rest = lines.slice(LARGEST_SHOWN).reduce((sum, { limitMiB }) => sum + limitMiB, 0);
  return [
    {
      setting: "whalewatch:host.memory",
      found: `limits of ${limitsMiB} MiB together (${largest}${rest > 0 ? ` + others ${rest}` : ""}) on a host of ${hostMiB} MiB`,
      allowed: `limits of at most ${hostMiB} MiB together, or a larger host.memory`,
    },
  ];
}
