import { randomBytes } from "node:crypto";
import { Blowfish } from "./blowfish";

const COST = 10;
const ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const MAGIC = Buffer.from("OrpheanBeholderScryDoubt");

/** The bcrypt hash of a text, of which the first 72 bytes count. */
export function bcrypt(plain: string, salt: Buffer = randomBytes(16)): string {
  const key = Buffer.from(`${plain}\0`).subarray(0, 72);
  const cipher = new Blowfish();
  cipher.expand(key, salt);
  const none = Buffer.alloc(16);
  for (let round = 0; round < 2 ** COST; round++) {
    cipher.expand(key, none);
    cipher.expand(salt, none);
  }
  const hash = Buffer.from(MAGIC);
  for (let at = 0; at < hash.length; at += 8) {
    let pair: [number, number] = [hash.readUInt32BE(at), hash.readUInt32BE(at + 4)];
    for (let round = 0; round < 64; round++) pair = cipher.encipher(...pair);
    hash.writeUInt32BE(pair[0], at);
    hash.writeUInt32BE(pair[1], at + 4);
  }
  return `$2a$${COST}$${encode(salt)}${encode(hash.subarray(0, 23))}`;
}

/** Base 64 with bcrypt's own alphabet and no padding. */
function encode(bytes: Buffer): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  const groups = bits.match(/.{1,6}/g) ?? [];
  return groups.map((group) => ALPHABET.charAt(parseInt(group.padEnd(6, "0"), 2))).join("");
}
