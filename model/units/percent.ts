const PATTERN = /^(\d{1,3}(?:\.\d{1,4})?) ?%$/;

/** A share of a whole, from 0 % to 100 %, exact to a ten-thousandth of a percent. */
export class Percent {
  /** What a settings file may write, for error messages. */
  static readonly allowed = "a percentage such as 5% or 99.9%, from 0% to 100%";
  /** The written form as a regular expression, for editors. */
  static readonly pattern = PATTERN;

  private constructor(
    /** The number before the sign, 0 to 100. */
    readonly percent: number,
  ) {}

  /**
   * Reads `5%`, `99.9%` or `0.5 %`.
   * @throws RangeError when the text is no such share.
   */
  static parse(text: string): Percent {
    const percent = Number(PATTERN.exec(text)?.[1]);
    if (!(percent >= 0 && percent <= 100)) {
      throw new RangeError(`found "${text}"; allowed: ${Percent.allowed}`);
    }
    return new Percent(percent);
  }

  /** The share as a number from 0 to 1, without the noise of binary fractions. */
  get ratio(): number {
    return Number((this.percent / 100).toFixed(6));
  }

  /** What is left of the whole, such as 0.1 % of 99.9 %. */
  get rest(): Percent {
    return new Percent(Number((100 - this.percent).toFixed(4)));
  }

  /** The written form, such as `99.9%`. */
  toString(): string {
    return `${this.percent}%`;
  }
}
