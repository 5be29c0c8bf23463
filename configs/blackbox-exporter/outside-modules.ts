import { createHash } from "node:crypto";
import type { OutsideProbe } from "../../model/outside-probes";

/** The most that is read of an answer whose text matters: it is held in memory. */
const BODY_LIMIT = "2MB";

/**
 * One module for each kind of answer that is expected, so that a further probe of a known kind
 * changes nothing here and the exporter goes on.
 */
export function outsideModules(probes: readonly OutsideProbe[]): Readonly<Record<string, object>> {
  return Object.fromEntries(
    probes
      .map(({ timeout, expect: { status, text } }): [string, object] => [
        outsideModule({ timeout, expect: { status, text } }),
        {
          prober: "http",
          timeout: timeout.toSecondsString(),
          http: {
            preferred_ip_protocol: "ip4",
            // Elsewhere may be within the stack.
            follow_redirects: false,
            ...(status && { valid_status_codes: status }),
            ...(text !== undefined && {
              body_size_limit: BODY_LIMIT,
              fail_if_body_not_matches_regexp: [literal(text)],
            }),
          },
        },
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The name of the module for what a probe expects: `outside_2xx_10s`. */
export function outsideModule({
  timeout,
  expect: { status, text },
}: Pick<OutsideProbe, "timeout" | "expect">): string {
  return [
    "outside",
    status?.join("_") ?? "2xx",
    timeout.toSecondsString(),
    ...(text === undefined ? [] : [createHash("sha256").update(text).digest("hex").slice(0, 8)]),
  ].join("_");
}

/** A text as a regular expression for itself, in the dialect of Go. */
const literal = (text: string): string => text.replace(/[\\.*+?()[\]{}|^$]/g, "\\$&");
