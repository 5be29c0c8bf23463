const UNITS_IN_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
const PATTERN = /^(\d+)(s|m|h|d|w)$/;

/** A span of time in whole seconds, at least one. */
export class Duration {
  /** What a settings file may write, for error messages. */
  static readonly allowed = "a whole number of s, m, h, d or w such as 15s, 5m or 15d, at least 1s";
  /** The written form as a regular expression, for editors. */
  static readonly pattern = PATTERN;

  private constructor(
    /** The span in seconds, a positive integer. */
    readonly seconds: number,
  ) {}

  /**
   * A span from a number of seconds.
   * @throws RangeError when it is not a positive whole number.
   */
  static seconds(amount: number): Duration {
    if (!Number.isSafeInteger(amount) || amount < 1) {
      throw new RangeError(`found ${amount} s; allowed: ${Duration.allowed}`);
    }
    return new Duration(amount);
  }

  /**
   * Reads `15s`, `5m`, `2h`, `15d` or `4w`, the form that Prometheus and Docker share.
   * @throws RangeError when the text is no such span.
   */
  static parse(text: string): Duration {
    const [, amount, unit] = PATTERN.exec(text) ?? [];
    const factor = UNITS_IN_SECONDS[unit as keyof typeof UNITS_IN_SECONDS] as number | undefined;
    const seconds = Number(amount) * (factor ?? Number.NaN);
    if (!Number.isSafeInteger(seconds) || seconds < 1) {
      throw new RangeError(`found "${text}"; allowed: ${Duration.allowed}`);
    }
    return new Duration(seconds);
  }

  /** The shortest exact written form, such as `15d` or `90s`. */
  toString(): string {
    const units = Object.entries(UNITS_IN_SECONDS).reverse();
    const [unit, factor] = units.find(([, size]) => this.seconds % size === 0) ?? ["s", 1];
    return `${this.seconds / factor}${unit}`;
  }

  /**
   * The span as Go writes it without what is nothing, such as `1m30s`: what a provider in Go reads back
   * from an engine must be what was written, or each refresh would find a difference.
   */
  toGoString(): string {
    const hours = Math.floor(this.seconds / UNITS_IN_SECONDS.h);
    const minutes = Math.floor((this.seconds % UNITS_IN_SECONDS.h) / UNITS_IN_SECONDS.m);
    const seconds = this.seconds % UNITS_IN_SECONDS.m;
    return [
      ...(hours > 0 ? [`${hours}h`] : []),
      ...(minutes > 0 || (hours > 0 && seconds > 0) ? [`${minutes}m`] : []),
      ...(seconds > 0 ? [`${seconds}s`] : []),
    ].join("");
  }

  /** The span in a unit that Docker's Go parser knows (it has no days), such as `30s`. */
  toSecondsString(): string {
    return `${this.seconds}s`;
  }
}
