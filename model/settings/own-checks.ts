import { at, type Problem } from "./problem";
import type { Settings } from "./schema";
import type { ServiceSettings } from "./service";

/** What nobody may have twice: host ports, and an image's name for two builds. */
export function checkOwn(settings: Settings): Problem[] {
  return [...checkHostPorts(settings), ...checkBuilds(settings)];
}

function checkHostPorts(settings: Settings): Problem[] {
  const { monitoring, services, prometheus, grafana, alertmanager } = settings;
  const monitors = monitoring.enabled ? { prometheus, grafana, alertmanager } : {};
  const published = [
    ...Object.entries(services).map(([name, { publish }]) => ({
      name: `services.${name}`,
      publish,
    })),
    ...Object.entries(monitors)
      .filter(([, { enabled }]) => enabled)
      .map(([name, { publish }]) => ({ name, publish })),
  ].flatMap(({ name, publish }) => (publish ? [{ name, ...publish }] : []));
  return published.flatMap(({ name, port, address }, index) => {
    const taken = published
      .slice(0, index)
      .find((other) => other.port === port && sameAddress(other.address, address));
    if (taken === undefined) return [];
    return [
      {
        setting: `whalewatch:${name}.publish`,
        found: `${port}, the host port of ${taken.name} too`,
        allowed: "a host port of its own",
      },
    ];
  });
}

const ANY_ADDRESS = "0.0.0.0";
const sameAddress = (a: string, b: string): boolean =>
  a === b || a === ANY_ADDRESS || b === ANY_ADDRESS;

/** An image is built, or pulled, once for all that run it. */
function checkBuilds({ services }: Settings): Problem[] {
  const told = ({ build }: ServiceSettings): string =>
    build === undefined ? "no build" : `a build of ${build.context}/${build.dockerfile}`;
  return repeated(services, ({ image }) => image).flatMap(([name, first, image]) => {
    const [build, other] = [services[name], services[first]].map((service) =>
      service === undefined ? "" : told(service),
    );
    if (build === other) return [];
    return [
      {
        setting: at(name, "build"),
        found: `${build ?? ""} for ${image}, and ${other ?? ""} in services.${first}`,
        allowed: "one build for all services of an image, or an image name of its own",
      },
    ];
  });
}

/** Each service that has what an earlier one has, with the first of those and what it is. */
function repeated(
  services: Settings["services"],
  of: (service: ServiceSettings) => string | undefined,
): (readonly [name: string, first: string, value: string])[] {
  const firsts = new Map<string, string>();
  return Object.entries(services).flatMap(([name, service]) => {
    const value = of(service);
    if (value === undefined) return [];
    const first = firsts.get(value);
    if (first !== undefined) return [[name, first, value] as const];
    firsts.set(value, name);
    return [];
  });
}
