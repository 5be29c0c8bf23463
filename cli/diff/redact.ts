/** What stands in place of what looks like a secret. */
export const REDACTED = "[looks like a secret]";

/**
 * Texts that are secrets by their look. A plan shows no secret of the stack; these are for what
 * somebody wrote in plain text into a setting, so that a comment does not spread it further.
 */
const KNOWN_FORMATS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bgh[oprsu]_[A-Za-z0-9]{30,}/g, // GitHub
  /\bgithub_pat_[A-Za-z0-9_]{30,}/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g, // GitLab
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, // Amazon
  /\bAIza[A-Za-z0-9_-]{35}/g, // Google
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g, // Slack
  /\bhttps:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9/]+/g,
  /\bhttps:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/[\w/-]+/g,
  /\b\d{8,10}:[A-Za-z0-9_-]{35}\b/g, // Telegram
  /\bsk-[A-Za-z0-9_-]{20,}/g, // OpenAI, Anthropic
  /\bsk_live_[A-Za-z0-9]{20,}/g, // Stripe
  /\bhf_[A-Za-z0-9]{30,}/g, // Hugging Face
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g, // JSON web tokens
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
  const known = KNOWN_FORMATS.reduce((rest, format) => rest.replace(format, REDACTED), text);
  return IN_CONTEXT.reduce((rest, [format, mask]) => rest.replace(format, mask), known);
}
