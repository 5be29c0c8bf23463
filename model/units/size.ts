const UNITS_IN_MEBIBYTES = { Mi: 1, Gi: 1024, Ti: 1024 * 1024 } as const;
const PATTERN = /^(\d+(?:\.\d+)?)(Mi|Gi|Ti)$/;

/** An amount of memory or storage, always a whole number of mebibytes (1 MiB = 1,048,576 bytes). */
export class Size {
  /** What a settings file may write, for error messages. */
  static readonly allowed =
    "a size in Mi, Gi or Ti such as 512Mi or 1.5Gi, at least 1Mi, in whole Mi";
  /** The written form as a regular expression, for editors. */
  static readonly pattern = PATTERN;

  private constructor(
    /** The amount in MiB, a positive integer. */
    readonly mebibytes: number,
  ) {}

  /**
   * A size from a number of MiB.
   * @throws RangeError when the amount is not a positive whole number.
   */
  static mebibytes(amount: number): Size {
    if (!Number.isSafeInteger(amount) || amount < 1) {
      throw new RangeError(`found ${amount} MiB; allowed: ${Size.allowed}`);
    }
    return new Size(amount);
  }

  /**
   * Reads `512Mi`, `1.5Gi` or `1Ti`.
   * Decimal units (512M, 512MB) are refused: they differ between tools by up to 7 %.
   * @throws RangeError when the text is no such size.
   */
  static parse(text: string): Size {
    const [, amount, unit] = PATTERN.exec(text) ?? [];
    const factor = UNITS_IN_MEBIBYTES[unit as keyof typeof UNITS_IN_MEBIBYTES] as
      number | undefined;
    const mebibytes = Number(amount) * (factor ?? Number.NaN);
    if (!Number.isSafeInteger(mebibytes) || mebibytes < 1) {
      throw new RangeError(`found "${text}"; allowed: ${Size.allowed}`);
    }
    return new Size(mebibytes);
  }

  /** The sum of any number of sizes, in MiB; 0 for none. */
  static sumMebibytes(sizes: readonly Size[]): number {
    return sizes.reduce((sum, size) => sum + size.mebibytes, 0);
  }

  /** This size times a fraction, rounded down to whole MiB, at least 1. */
  times(factor: number): Size {
    return new Size(Math.max(1, Math.floor(this.mebibytes * factor)));
  }

  /** The shortest exact written form, such as `2Gi` or `1536Mi`. */
  toString(): string {
    const units = Object.entries(UNITS_IN_MEBIBYTES).reverse();
    const [unit, factor] = units.find(([, size]) => this.mebibytes % size === 0) ?? ["Mi", 1];
    return `${this.mebibytes / factor}${unit}`;
  }
}
