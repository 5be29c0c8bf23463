/** The environment does not make a valid configuration; carries every problem, not the first. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** One line per problem, each starting with the variable's name. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`invalid configuration: ${problems.join("; ")}`);
    this.problems = problems;
  }
}
