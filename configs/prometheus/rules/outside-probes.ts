import { OUTSIDE_PROBE_JOB } from "../../../model/outside-probes";
import type { Stack } from "../../../model/stack";
import { memberAlertRules } from "../alert-rule";
import type { AlertRule, RuleGroup } from "../rule-group";

const OF_PROBES = `job="${OUTSIDE_PROBE_JOB}"`;

/** Does what is outside the stack answer, soon enough, and with a certificate that lasts? */
export function outsideProbeRules(stack: Stack): RuleGroup[] {
  const names = stack.outsideProbes.map(({ name }) => name);
  const secure = stack.outsideProbes.filter((probe) => probe.secure).map(({ name }) => name);
  return [
    {
      name: "outside-probes",
      rules: [
        ...memberAlertRules(stack, "ProbeFailed", names, ({ selector }) => ({
          expr: `probe_success{${OF_PROBES}, ${selector}} == 0`,
          description:
            "{{ $labels.probe }} does not answer as it should at {{ $labels.instance }}.",
        })),
        // What fails may be slow too, and is told of as what it is.
        ...memberAlertRules(stack, "ProbeSlow", names, ({ selector, threshold, limit }) => ({
          expr: `probe_duration_seconds{${OF_PROBES}, ${selector}} > ${threshold} and on (probe) probe_success{${OF_PROBES}} == 1`,
          description: `{{ $labels.probe }} takes {{ $value | humanizeDuration }} to answer at {{ $labels.instance }} (limit ${limit}).`,
        })),
        ...certificateRules(stack, "ProbeCertificateExpiring", secure),
        ...certificateRules(stack, "ProbeCertificateNearlyExpired", secure),
      ],
    },
  ];
}

/** The first end of any certificate that the server shows; one that has ended fails the probe. */
function certificateRules(
  stack: Stack,
  alert: "ProbeCertificateExpiring" | "ProbeCertificateNearlyExpired",
  names: readonly string[],
): AlertRule[] {
  return memberAlertRules(stack, alert, names, ({ selector, threshold, limit }) => ({
    expr: `probe_ssl_earliest_cert_expiry{${OF_PROBES}, ${selector}} - time() < ${threshold}`,
    description: `The certificate of {{ $labels.probe }} at {{ $labels.instance }} ends in {{ $value | humanizeDuration }} (limit ${limit}).`,
  }));
}
