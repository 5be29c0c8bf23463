/** Why a receiver did not take a notification, and what to do about it. */
export interface FailureReason {
  readonly reason: string;
  readonly remedy: string;
}

/** What a channel says, and what its user can do about it; the first that fits. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/no such file|permission denied/i, "Its secret file is not there: run up, which provisions it."],
  [
    /401|403|unauthorized|forbidden|invalid_token|authentication|535/i,
    'Set its secret anew, "pulumi config set --secret secrets:NAME", then run up.',
  ],
  [
    /no such host|lookup |connection refused|network is unreachable|no route to host|timeout|deadline exceeded|EOF/i,
    "It cannot be reached from Alertmanager: check its address, and whether the network lets Alertmanager out.",
  ],
  [
    /404|410|chat not found|no_service|channel_not_found|channel_is_archived|unknown webhook/i,
    "It is not there (any more): check the chat, channel or webhook.",
  ],
  [/429|too many requests/i, "It takes no more for now: try again later."],
  [/50\d/, "It has trouble of its own: try again later."],
];
const OTHERWISE = "Check the receiver's settings, and Alertmanager's log.";

/** The newest complaint about a receiver in Alertmanager's log; absent where it has none. */
export function failureReason(log: string, receiver: string): FailureReason | undefined {
  const complaints = log
    .split("\n")
    .filter((line) => line.includes(`receiver=${receiver} `) || line.includes(`${receiver}/`))
    .flatMap((line) => /\berr="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? []);
  const newest = complaints.at(-1);
  if (newest === undefined) return undefined;
  const reason = withoutPaths(newest.replaceAll('\\"', '"'));
  const remedy = REMEDIES.find(([pattern]) => pattern.test(reason))?.[1] ?? OTHERWISE;
  return { reason, remedy };
}

/** What follows the host in a URL may be a token. */
function withoutPaths(text: string): string {
  return text.replace(/(https?:\/\/[^\s/"]+)\/[^\s"]*/g, "$1/…");
}
