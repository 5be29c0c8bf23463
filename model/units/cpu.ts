const PATTERN = /^(?:(\d+)m|(\d+(?:\.\d{1,3})?))$/;
/** Below a tenth of a core a program waits more than it runs; a health check alone needs that. */
const LEAST_MILLIS = 100;

/** A share of processor time in thousandths of one core. */
export class Cpu {
  /** What a settings file may write, for error messages. */
  static readonly allowed = "cores such as 0.5 or 2, or thousandths such as 500m, at least 100m";
  /** The written form as a regular expression, for editors. */
  static readonly pattern = PATTERN;

  private constructor(
    /** Thousandths of a core, a whole number of at least 100. */
    readonly millis: number,
  ) {}

  /**
   * A share from thousandths of a core.
   * @throws RangeError below 100 or for a fraction.
   */
  static millis(amount: number): Cpu {
    if (!Number.isSafeInteger(amount) || amount < LEAST_MILLIS) {
      throw new RangeError(`found ${amount}m; allowed: ${Cpu.allowed}`);
    }
    return new Cpu(amount);
  }

  /**
   * Reads `0.5`, `2` or `500m`.
   * @throws RangeError when the text is no such share.
   */
  static parse(text: string): Cpu {
    const [, millis, cores] = PATTERN.exec(text) ?? [];
    const amount = millis === undefined ? Math.round(Number(cores) * 1000) : Number(millis);
    if (!Number.isSafeInteger(amount) || amount < LEAST_MILLIS) {
      throw new RangeError(`found "${text}"; allowed: ${Cpu.allowed}`);
    }
    return new Cpu(amount);
  }

  /** Cores as a decimal, such as `0.5`. */
  get cores(): number {
    return this.millis / 1000;
  }

  /** The written form in cores, such as `0.25`. */
  toString(): string {
    return String(this.cores);
  }
}
