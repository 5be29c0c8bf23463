import { createHash } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Below this many characters a value occurs by chance, so looking for it would cry wolf. */
export const SHORTEST_CANARY = 8;

/** A text to look for, and how it was made from the secret. */
export interface Needle {
  readonly text: string;
  /** Such as "base64-encoded"; empty for the secret as it is. */
  readonly form: string;
}

/** A secret under its label, in the forms in which it could show. */
export interface Canary {
  readonly label: string;
  readonly needles: readonly Needle[];
}

/** A password that is unique to a resource and the same on each run. */
export function passwordCanary(urn: string, length: number): string {
  let text = "";
  for (let block = 0; text.length < length; block++) {
    const digest = createHash("sha256").update(`${urn}#${block}`).digest();
    for (const byte of digest) text += ALPHABET.charAt(byte % ALPHABET.length);
  }
  return text.slice(0, length);
}

/** The forms of a secret worth looking for, the plain one first. */
export function canary(label: string, secret: string): Canary {
  const bytes = Buffer.from(secret, "utf8");
  const forms: Needle[] = [
    { text: secret, form: "" },
    { text: JSON.stringify(secret).slice(1, -1), form: "JSON-escaped" },
    { text: encodeURIComponent(secret), form: "URL-encoded" },
    { text: new URLSearchParams([["", secret]]).toString().slice(1), form: "URL-encoded" },
    { text: bytes.toString("hex"), form: "hex-encoded" },
    { text: bytes.toString("hex").toUpperCase(), form: "hex-encoded" },
  ];
  for (const offset of [0, 1, 2]) {
    const text = base64Core(bytes, offset);
    forms.push({ text, form: "base64-encoded" });
    forms.push({
      text: text.replaceAll("+", "-").replaceAll("/", "_"),
      form: "base64-encoded",
    });
  }
  const needles = [...new Map(forms.reverse().map((needle) => [needle.text, needle])).values()];
  return { label, needles: needles.reverse() };
}

/**
 * The characters of a base64 text that depend on `bytes` alone when they begin `offset` bytes into a
 * group of three, so that a secret is found inside a longer text that was encoded as a whole.
 */
function base64Core(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(first, end);
}
