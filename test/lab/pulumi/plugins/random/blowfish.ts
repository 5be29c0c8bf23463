/** Words of the key schedule before the four boxes. */
const SUBKEYS = 18;
const BOX = 256;
const WORDS = SUBKEYS + 4 * BOX;

let initial: Uint32Array | undefined;

/** The Blowfish cipher with the key schedule that bcrypt needs. */
export class Blowfish {
  private readonly words: Uint32Array;

  constructor() {
    initial ??= fractionOfPi(WORDS);
    this.words = Uint32Array.from(initial);
  }

  /** Mixes a key and a salt of 16 bytes into the schedule. */
  expand(key: Buffer, salt: Buffer): void {
    const keyWord = wordsOf(key);
    const saltWord = wordsOf(salt);
    for (let index = 0; index < SUBKEYS; index++) this.words[index] = this.at(index) ^ keyWord();
    let pair: [number, number] = [0, 0];
    for (let index = 0; index < WORDS; index += 2) {
      const left = pair[0] ^ saltWord();
      pair = this.encipher(left, pair[1] ^ saltWord());
      this.words[index] = pair[0];
      this.words[index + 1] = pair[1];
    }
  }

  /** Enciphers one block, given and returned as two 32-bit words. */
  encipher(left: number, right: number): [number, number] {
    let [near, far] = [left ^ this.at(0), right];
    for (let round = 1; round <= 16; round++) {
      [near, far] = [far ^ this.mix(near) ^ this.at(round), near];
    }
    return [(far ^ this.at(17)) >>> 0, near >>> 0];
  }

  private mix(word: number): number {
    const first = this.box(0, word >>> 24) + this.box(1, (word >>> 16) & 255);
    return ((first ^ this.box(2, (word >>> 8) & 255)) + this.box(3, word & 255)) | 0;
  }

  private box(which: number, index: number): number {
    return this.at(SUBKEYS + which * BOX + index);
  }

  private at(index: number): number {
    return this.words[index] ?? 0;
  }
}

/** Reads 32-bit words from bytes over and over. */
function wordsOf(bytes: Buffer): () => number {
  let at = 0;
  return () => {
    let word = 0;
    for (let count = 0; count < 4; count++) {
      word = (word << 8) | (bytes[at] ?? 0);
      at = (at + 1) % bytes.length;
    }
    return word;
  };
}

/** The fraction of pi in 32-bit words: Blowfish starts from it. By Machin's formula. */
function fractionOfPi(count: number): Uint32Array {
  const guard = 64n;
  const bits = BigInt(count) * 32n;
  const unit = 1n << (bits + guard);
  const pi = (16n * arctanOfInverse(5n, unit) - 4n * arctanOfInverse(239n, unit)) >> guard;
  const fraction = (pi & ((1n << bits) - 1n)).toString(16).padStart(count * 8, "0");
  return Uint32Array.from({ length: count }, (_, index) =>
    parseInt(fraction.slice(index * 8, index * 8 + 8), 16),
  );
}

function arctanOfInverse(divisor: bigint, unit: bigint): bigint {
  const square = divisor * divisor;
  let power = unit / divisor;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += odd % 4n === 1n ? power / odd : -(power / odd);
    power /= square;
  }
  return sum;
}
