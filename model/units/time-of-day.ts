const PATTERN = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** A time of day in UTC, to the minute: no day has it twice or not at all. */
export class TimeOfDay {
  /** What a settings file may write, for error messages. */
  static readonly allowed = 'a time of day in UTC between quotes, such as "02:30"';
  /** The written form as a regular expression, for editors. */
  static readonly pattern = PATTERN;

  private constructor(
    readonly hour: number,
    readonly minute: number,
  ) {}

  /**
   * Reads `02:30`.
   * @throws RangeError when the text is no such time.
   */
  static parse(text: string): TimeOfDay {
    const [, hour, minute] = PATTERN.exec(text) ?? [];
    if (hour === undefined || minute === undefined) {
      throw new RangeError(`found "${text}"; allowed: ${TimeOfDay.allowed}`);
    }
    return new TimeOfDay(Number(hour), Number(minute));
  }

  /** Seconds since midnight. */
  get seconds(): number {
    return (this.hour * 60 + this.minute) * 60;
  }

  /** The written form. */
  toString(): string {
    return [this.hour, this.minute].map((part) => String(part).padStart(2, "0")).join(":");
  }
}
