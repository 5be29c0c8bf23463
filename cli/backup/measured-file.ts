import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { PassThrough, type Readable, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Say } from "../platforms/platform-access";

/** How often something that takes long says how far it is. */
const PROGRESS_MS = 5000;
const MEBIBYTE = 2 ** 20;

/** How much a file holds, and which bytes. */
export interface Measure {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Fills a new file, which its owner alone may read, and measures what went into it.
 * @throws the reason of `interrupted` when that aborts first.
 */
export async function writeMeasured(
  file: string,
  fill: (output: Writable) => Promise<void>,
  progress: Say,
  interrupted: AbortSignal,
): Promise<Measure> {
  interrupted.throwIfAborted();
  const { meter, measure } = newMeter(progress);
  const input = new PassThrough();
  const output = createWriteStream(file, { mode: 0o600, flags: "wx" });
  const written = pipeline(input, meter, output, { signal: interrupted });
  const filled = fill(input).then(
    () => input.end(),
    (error: unknown) => {
      input.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    },
  );
  // Whichever fails first ends the other, which may have something to put right.
  await Promise.allSettled([written, filled]);
  interrupted.throwIfAborted();
  await written;
  await filled;
  return measure();
}

/** Measures a file as it is now. */
export async function measureFile(file: string): Promise<Measure> {
  const { meter, measure } = newMeter(() => undefined);
  await pipeline(createReadStream(file), meter, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) void chunk;
  });
  return measure();
}

/** A file to read from, which says how far it is. */
export function readWithProgress(file: string, progress: Say): Readable {
  const { meter } = newMeter(progress);
  const source = createReadStream(file);
  source.once("error", (error) => meter.destroy(error));
  meter.once("close", () => source.destroy());
  return source.pipe(meter);
}

/** Bytes as people read them. */
export function inMebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}

function newMeter(progress: Say): { meter: Transform; measure: () => Measure } {
  const hash = createHash("sha256");
  let bytes = 0;
  let told = Date.now();
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      if (Date.now() - told >= PROGRESS_MS) {
        told = Date.now();
        progress(`${inMebibytes(bytes)} so far`);
      }
      done(null, chunk);
    },
  });
  return { meter, measure: () => ({ bytes, sha256: hash.digest("hex") }) };
}
