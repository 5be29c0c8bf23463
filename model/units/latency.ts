const PATTERN = /^(\d+)(ms|s|m)$/;
const UNITS_IN_MILLISECONDS = { ms: 1, s: 1000, m: 60_000 } as const;

/** How long an answer takes, in whole milliseconds, at least one. */
export class Latency {
  /** What a settings file may write, for error messages. */
  static readonly allowed = "a whole number of ms, s or m such as 250ms or 2s, at least 1ms";
  /** The written form as a regular expression, for editors. */
  static readonly pattern = PATTERN;

  private constructor(
    /** A positive integer. */
    readonly milliseconds: number,
  ) {}

  /**
   * Reads `250ms`, `2s` or `1m`.
   * @throws RangeError when the text is no such time.
   */
  static parse(text: string): Latency {
    const [, amount, unit] = PATTERN.exec(text) ?? [];
    const factor = UNITS_IN_MILLISECONDS[unit as keyof typeof UNITS_IN_MILLISECONDS] as
      number | undefined;
    const milliseconds = Number(amount) * (factor ?? Number.NaN);
    if (!Number.isSafeInteger(milliseconds) || milliseconds < 1) {
      throw new RangeError(`found "${text}"; allowed: ${Latency.allowed}`);
    }
    return new Latency(milliseconds);
  }

  /** Seconds as a decimal, the unit of metrics, such as 0.25. */
  get seconds(): number {
    return this.milliseconds / 1000;
  }

  /** The shortest exact written form, such as `2s` or `250ms`. */
  toString(): string {
    const units = Object.entries(UNITS_IN_MILLISECONDS).reverse();
    const [unit, factor] = units.find(([, size]) => this.milliseconds % size === 0) ?? ["ms", 1];
    return `${this.milliseconds / factor}${unit}`;
  }
}
