import { Duration } from "../units/duration";
import { Latency } from "../units/latency";
import { Percent } from "../units/percent";

/** A point on an alert's scale. */
export interface Level {
  /** In the unit that metrics have: a ratio, seconds, bytes or a count. */
  readonly value: number;
  /** As a settings file writes it, such as `90%`. */
  readonly text: string;
}

/** From where on an alert fires, and what a stack may make of that. */
export interface Threshold {
  readonly default: Level;
  readonly lowest: Level;
  readonly highest: Level;
  /** Where the default comes from. */
  readonly source: string;
  /** The written form as a regular expression, for editors. */
  readonly pattern: RegExp;
  /** What may be written, for error messages. */
  readonly allowed: string;
  /** @throws RangeError when the text cannot be read or lies outside the bounds. */
  read(text: string): Level;
}

/** The default, its bounds (both included) and where it comes from. */
interface Bounds {
  readonly default: string;
  readonly lowest: string;
  readonly highest: string;
  readonly source: string;
}

/** A share of a whole, compared as a ratio from 0 to 1. */
export const percent = (bounds: Bounds): Threshold =>
  threshold(bounds, Percent.pattern, (text) => Percent.parse(text).ratio);
/** A span of time, compared in seconds. */
export const duration = (bounds: Bounds): Threshold =>
  threshold(bounds, Duration.pattern, (text) => Duration.parse(text).seconds);
/** A time to answer, compared in seconds. */
export const latency = (bounds: Bounds): Threshold =>
  threshold(bounds, Latency.pattern, (text) => Latency.parse(text).seconds);
/** A plain number of things. */
export const count = (bounds: Bounds): Threshold => threshold(bounds, COUNT_PATTERN, readCount);

const COUNT_PATTERN = /^\d{1,9}(?:\.\d{1,3})?$/;

function readCount(text: string): number {
  if (!COUNT_PATTERN.test(text)) throw new RangeError(`found "${text}"`);
  return Number(text);
}

function threshold(bounds: Bounds, pattern: RegExp, valueOf: (text: string) => number): Threshold {
  const level = (text: string): Level => ({ value: valueOf(text), text: text.replace(" ", "") });
  const lowest = level(bounds.lowest);
  const highest = level(bounds.highest);
  const allowed = `from ${lowest.text} to ${highest.text}; default ${bounds.default}`;
  return {
    default: level(bounds.default),
    lowest,
    highest,
    source: bounds.source,
    pattern,
    allowed,
    read(text) {
      const read = level(text);
      if (read.value < lowest.value || read.value > highest.value) {
        throw new RangeError(`found "${text}"; allowed: ${allowed}`);
      }
      return read;
    },
  };
}
