import { randomInt } from "node:crypto";
import { flag, number, text } from "../protocol/readers";
import type { Properties } from "../protocol/values";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const NUMERIC = "0123456789";
/** The special characters that upstream uses when `overrideSpecial` is not set. */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** Draws a password: the least numbers of each class first, the rest from all classes in use. */
export function drawPassword(inputs: Properties): string {
  const special = text(inputs, "overrideSpecial") || SPECIAL;
  const classes = [
    { used: flag(inputs, "lower"), alphabet: LOWER, least: number(inputs, "minLower") },
    { used: flag(inputs, "upper"), alphabet: UPPER, least: number(inputs, "minUpper") },
    { used: flag(inputs, "numeric"), alphabet: NUMERIC, least: number(inputs, "minNumeric") },
    { used: flag(inputs, "special"), alphabet: special, least: number(inputs, "minSpecial") },
  ];
  const all = classes.flatMap(({ used, alphabet }) => (used ? [alphabet] : [])).join("");
  const drawn = classes.flatMap(({ alphabet, least }) => draw(alphabet, least));
  return shuffle([...drawn, ...draw(all, number(inputs, "length") - drawn.length)]).join("");
}

function draw(alphabet: string, count: number): string[] {
  return Array.from({ length: count }, () => alphabet.charAt(randomInt(alphabet.length)));
}

function shuffle(items: string[]): string[] {
  const keyed = items.map((item) => ({ item, key: randomInt(2 ** 40) }));
  return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
}
