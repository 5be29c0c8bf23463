/** One thing wrong in a stack file, in the words that its author reads. */
export interface Problem {
  /** The setting as written in the stack file, such as `whalewatch:services.api.port`. */
  readonly setting: string;
  /** What stands there. */
  readonly found: string;
  /** What may stand there, or what to do. */
  readonly allowed: string;
}

/** How a service's field is written in a stack file. */
export const at = (service: string, field: string): string =>
  `whalewatch:services.${service}.${field}`;

const MOST_CHARACTERS_SHOWN = 60;

/** A login within a URL. */
const LOGIN = /\/\/[^\s/"]*@/g;

/** A found value for a message: short, in one line, text in quotes, a login in a URL left out. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value).replaceAll(LOGIN, "//…@");
  return text.length > MOST_CHARACTERS_SHOWN ? `${text.slice(0, MOST_CHARACTERS_SHOWN)}…` : text;
}

/** All problems of a stack as one message, a line each. */
export function describeProblems(stack: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems.map(
    ({ setting, found, allowed }) => `  ${setting}: found ${found}; allowed: ${allowed}`,
  );
  return [`Pulumi.${stack}.yaml has ${count}; nothing was created.`, ...lines].join("\n");
}
