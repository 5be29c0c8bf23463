import { OUTSIDE_PROBE_JOB } from "../../../model/outside-probes";
import type { Stack } from "../../../model/stack";
import { PROBE_JOB } from "../../../model/targets";
import { groupAlike, type WatchedService, watchedServices } from "../../../model/watched-services";
import { resolveAlert } from "../../../model/alerts/resolve";
import { alertRule, memberAlertRules, serviceSelector } from "../alert-rule";
import type { AlertRule, RuleGroup } from "../rule-group";

/**
 * Is everything that is declared there? One fault is one alert: a service is down, or unwell, or short
 * of a replica, and each condition leaves out those before it.
 */
export function availabilityRules(stack: Stack): RuleGroup[] {
  const services = watchedServices(stack);
  return [
    {
      name: "availability",
      rules: [
        ...serviceDown(stack, services),
        ...serviceUnhealthy(stack, services),
        ...serviceReplicaMissing(stack, services),
        ...restartRules(stack, services),
        ...probeSlow(stack, services),
        ...targetRules(stack),
      ],
    },
  ];
}

/** What is looked up in the DNS leaves it when it stops, and with it the target and its `up`. */
function serviceDown(stack: Stack, services: readonly WatchedService[]): AlertRule[] {
  return services.flatMap(({ name, scraped }) =>
    memberAlertRules(stack, "ServiceDown", [name], ({ selector }) =>
      scraped
        ? {
            expr: `label_replace(count(up{job="${name}"} == 1) or vector(0), "service", "${name}", "", "") == 0`,
            description: "No replica of {{ $labels.service }} answers when its metrics are read.",
          }
        : {
            expr: `probe_success{job="${PROBE_JOB}", ${selector}} == 0`,
            description: "{{ $labels.instance }} does not answer 2xx.",
          },
    ),
  );
}

function serviceUnhealthy(stack: Stack, services: readonly WatchedService[]): AlertRule[] {
  const both = services.filter(({ scraped, probed }) => scraped && probed);
  const answers = 'up{role="service"} == 1';
  // A model that is missing is told by its own alert, where there is one.
  return groupAlike(both, (service) => toldByModel(stack, service)).flatMap((group) => {
    const without =
      group[0] !== undefined && toldByModel(stack, group[0])
        ? ' unless on (service) whales_api_model_loaded{role="service"} == 0'
        : "";
    return memberAlertRules(stack, "ServiceUnhealthy", names(group), ({ selector }) => ({
      expr: `probe_success{job="${PROBE_JOB}", ${selector}} == 0 and on (service) ${answers}${without}`,
      description: "{{ $labels.instance }} does not answer 2xx, though the service runs.",
    }));
  });
}

const toldByModel = (stack: Stack, { name, profile }: WatchedService): boolean =>
  profile.model && resolveAlert(stack.settings, "ServiceModelNotLoaded", name) !== undefined;

/** Some answer, not all: none at all is the service down. */
function serviceReplicaMissing(stack: Stack, services: readonly WatchedService[]): AlertRule[] {
  const several = services.filter(({ scraped, replicas }) => scraped && replicas > 1);
  return groupAlike(several, ({ replicas }) => replicas).flatMap((group) => {
    const declared = group[0]?.replicas ?? 1;
    return memberAlertRules(stack, "ServiceReplicaMissing", names(group), ({ selector }) => ({
      expr: `count by (service) (up{role="service", ${selector}} == 1) < ${declared}`,
      description: `{{ $labels.service }} should have ${declared} replicas and has {{ $value }}.`,
    }));
  });
}

/**
 * The newest start of any replica moves with every start, also where each comes up under another
 * address; a deploy moves it once a replica.
 */
function restartRules(stack: Stack, services: readonly WatchedService[]): RuleGroup["rules"] {
  const timed = services.filter(({ profile }) => profile.process);
  if (timed.length === 0) return [];
  return [
    {
      record: "service:process_start_time_seconds:max",
      expr: `max by (service) (process_start_time_seconds{role="service", ${serviceSelector(names(timed))}})`,
    },
    ...groupAlike(timed, ({ mostReplicas }) => mostReplicas).flatMap((group) => {
      const others = (group[0]?.mostReplicas ?? 1) - 1;
      return memberAlertRules(stack, "ServiceRestarting", names(group), (level) => ({
        expr: `changes(service:process_start_time_seconds:max{${level.selector}}[15m]) > ${level.threshold + others}`,
        description: "{{ $labels.service }} has started {{ $value }} times in the last 15 minutes.",
      }));
    }),
  ];
}

/** A probe that fails is slow too, and told of as what it is. */
function probeSlow(stack: Stack, services: readonly WatchedService[]): AlertRule[] {
  const probed = services.filter((service) => service.probed);
  return memberAlertRules(stack, "ServiceProbeSlow", names(probed), (level) => ({
    expr: `probe_duration_seconds{job="${PROBE_JOB}", ${level.selector}} > ${level.threshold} and on (service) probe_success{job="${PROBE_JOB}"} == 1`,
    description: `{{ $labels.instance }} takes {{ $value | humanizeDuration }} to answer (limit ${level.limit}).`,
  }));
}

function targetRules(stack: Stack): AlertRule[] {
  // The operator finds pods, and of what has none there is no target whose `up` could be 0.
  const found = stack.settings.prometheus.mode === "operator";
  const several = stack.targets.filter(
    ({ role, replicas }) => role !== "service" && (found || replicas > 1),
  );
  const services = stack.targets.some(({ role }) => role === "service");
  // A probe's `up` is the prober's, and of what has replicas the missing ones are counted.
  const others = [
    ...(stack.probes.length > 0 ? [PROBE_JOB] : []),
    ...(stack.outsideProbes.length > 0 ? [OUTSIDE_PROBE_JOB] : []),
    ...several.map(({ job }) => job),
  ];
  const matchers = [
    ...(services ? ['role!="service"'] : []),
    ...(others.length > 0 ? [`job!~"${others.join("|")}"`] : []),
  ];
  return [
    ...alertRule(stack, "TargetDown", () => ({
      expr: `up${matchers.length > 0 ? `{${matchers.join(", ")}}` : ""} == 0`,
      description: "{{ $labels.job }} at {{ $labels.instance }} does not answer when scraped.",
    })),
    ...several.flatMap(({ job, workload, replicas }) =>
      alertRule(stack, "ReplicaMissing", () => ({
        expr: `(count(up{job="${job}"} == 1) or vector(0)) < ${replicas}`,
        description: `${workload} should have ${replicas} running and has {{ $value }}.`,
        labels: { job },
      })),
    ),
  ];
}

const names = (services: readonly WatchedService[]): string[] => services.map(({ name }) => name);
