import { randomWords, SECRET_FORMATS } from "../../policies/secret-formats";

/** What stands in place of what looks like a secret. */
export const REDACTED = "[looks like a secret]";

/** A key is masked to its end, not its first line alone. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----|$)/g;

/**
 * Texts that are secrets by their look. A plan shows no secret of the stack; these are for what
 * somebody wrote in plain text into a setting, so that a comment does not spread it further.
 */
const KNOWN_FORMATS = [
  PRIVATE_KEY,
  ...SECRET_FORMATS.map(([, { source, flags }]) => new RegExp(source, `${flags}g`)),
];

/** A password inside an address, and the value of a setting whose name says that it is secret. */
const IN_CONTEXT: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/gi, `$1${REDACTED}`],
  [
    /((?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)["']?\s*[=:]\s*["']?)(?!\[)[^\s"',;)}\]]{6,}/gi,
    `$1${REDACTED}`,
  ],
];

/** A text with whatever looks like a secret masked. */
export function redact(text: string): string {
  const inContext = IN_CONTEXT.reduce((rest, [format, mask]) => rest.replace(format, mask), text);
  return KNOWN_FORMATS.reduce((rest, format) => rest.replace(format, REDACTED), inContext);
}

/**
 * A setting's value, or words about it, with whatever looks like a secret masked; also what is only as
 * random as one, which in a whole file could be anything.
 */
export function redactValue(text: string): string {
  const rest = redact(text);
  return randomWords(rest).reduce((shown, word) => shown.replaceAll(word, REDACTED), rest);
}
