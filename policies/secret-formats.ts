/**
 * Formats by which a secret shows itself, each with what it is; from the default rules of gitleaks
 * (config/gitleaks.toml) those of what a team like ours has. A library would bring a thousand more,
 * which cry wolf in dashboards and queries.
 */
export const SECRET_FORMATS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["an AWS access key", /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/],
  ["a Google API key", /\bAIza[\w-]{35}\b/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})\b/],
  ["a GitLab token", /\bglpat-[\w-]{20,}/],
  ["a Slack token", /\bxox[abeoprs]-[\w-]{10,}/],
  ["a Slack webhook", /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{20,}/],
  ["a Discord webhook", /discord(?:app)?\.com\/api\/webhooks\/\d{17,}\/[\w-]{20,}/],
  ["a Telegram bot's token", /\b\d{5,16}:A[\w-]{34}(?![\w-])/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/],
  ["a PyPI token", /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/],
  ["an OpenAI key", /\bsk-(?:proj|svcacct|admin)?-?[\w-]{20,}T3BlbkFJ[\w-]{20,}/],
  ["an Anthropic key", /\bsk-ant-[\w-]{20,}/],
  ["a Hugging Face token", /\bhf_[A-Za-z]{34}\b/],
  ["a Stripe key", /\b[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}/],
  ["a SendGrid key", /\bSG\.[\w-]{22}\.[\w-]{43}\b/],
  ["a Grafana token", /\bgl(?:sa|c)_[A-Za-z0-9+/_]{32,}/],
  ["a Pulumi token", /\bpul-[a-f0-9]{40}\b/],
  ["a JSON Web Token", /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{10,}/],
  ["a URL with a password", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'$<{}]*:[^\s/:@"'$<{}]+@[\w.-]/i],
];

/** What kind of secret stands in a text; undefined where none is recognised. */
export function secretFormat(text: string): string | undefined {
  return SECRET_FORMATS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** What may be a token: nothing shorter is safe to call random. */
const WORD = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
/**
 * Bits a character. 20 random letters and digits have 4.0 on average; names, paths and hosts rarely
 * pass 3.7, since they repeat letters.
 */
const RANDOM_BITS = 3.9;

/** Names of several parts, such as MyCompany-Prod-2024: chance mixes letters and digits within one. */
const PLAIN_PARTS = /^(?:[A-Za-z]+|\d+)(?:[_/+-](?:[A-Za-z]+|\d+))*$/;

/** The words of a text that have upper-case, lower-case and digits in such a mix as no name has. */
export function randomWords(text: string): string[] {
  return (text.match(WORD) ?? []).filter(
    (word) =>
      !word.startsWith("/") &&
      !PLAIN_PARTS.test(word) &&
      [/[A-Z]/, /[a-z]/, /\d/].every((kind) => kind.test(word)) &&
      bitsPerCharacter(word) >= RANDOM_BITS,
  );
}

/** Shannon's entropy of a text's characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / text.length;
    return bits - share * Math.log2(share);
  }, 0);
}
