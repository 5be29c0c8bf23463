import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import pLimit from "p-limit";
import { ApiError } from "../http/api-error.js";
import { readMemoryUsage } from "../system/read-memory-usage.js";
import { checkMemory } from "./check-memory.js";
import { DECODER_ARGUMENT } from "./decoder-argument.js";
import { DecoderReply } from "./decoder-reply.js";
import { decodingBytes } from "./decoding-bytes.js";
import { type EncodedImage } from "./encoded-image.js";
import { type ImageReader } from "./image-reader.js";

const DECODE_TIMEOUT_MS = 10_000;
/** An idle decoder still holds some 25 MB, so an idle service gives it up. */
const IDLE_MS = 5000;
/** After an image that takes more than this the decoder goes at once, and its memory with it. */
const KEPT_BYTES = 32 * 2 ** 20;

/**
 * Decodes images in one child process, one at a time: a large image takes above a second, which
 * must not hold up other requests, and two at once would double the peak memory. A process rather
 * than a thread, because a thread's memory stayed with the service after it had ended (measured:
 * half a gigabyte). It starts with the first image and ends after 5 s without one, or after a
 * large one.
 */
export class ProcessImageReader implements ImageReader {
  readonly #program: string;
  readonly #memory: typeof readMemoryUsage;
  readonly #oneAtATime = pLimit(1);
  #decoder: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** @param program a file that calls serveDecoder when run with DECODER_ARGUMENT. */
  constructor(program: string, memory: typeof readMemoryUsage = readMemoryUsage) {
    this.#program = program;
    this.#memory = memory;
  }

  thumbnail(image: EncodedImage): Promise<Float64Array> {
    return this.#oneAtATime(async () => {
      checkMemory(decodingBytes(image), await this.#memory());
      const reply = await this.#ask(image);
      if ("thumbnail" in reply) return reply.thumbnail;
      throw new ApiError(400, "undecodable_image", "the image cannot be decoded");
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const decoder = this.#decoder;
    this.#decoder = undefined;
    if (decoder?.kill("SIGKILL") === true) await once(decoder, "exit");
  }

  async #ask(image: EncodedImage): Promise<DecoderReply> {
    clearTimeout(this.#idle);
    const waiting = new AbortController();
    const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(DECODE_TIMEOUT_MS)]);
    try {
      const decoder = (this.#decoder ??= this.#start());
      const reply = once(decoder, "message", { signal });
      const ended = once(decoder, "exit", { signal }).then(() => {
        throw new Error("the decoder ended");
      });
      decoder.send(image);
      const messages: unknown[] = await Promise.race([reply, ended]);
      if (decodingBytes(image) > KEPT_BYTES) await this.close();
      else this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
      return DecoderReply.parse(messages[0]);
    } catch (cause) {
      await this.close();
      throw new ApiError(503, "decoder_failed", "the image could not be decoded now", { cause });
    } finally {
      waiting.abort();
    }
  }

  #start(): ChildProcess {
    const decoder = fork(this.#program, [DECODER_ARGUMENT], {
      // Structured clones carry bytes as they are.
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      // It decodes what strangers send, so it is told nothing about this service.
      env: {},
      execArgv: [],
    });
    const forget = () => {
      if (this.#decoder === decoder) this.#decoder = undefined;
    };
    // One that ends while nobody waits is replaced for the next image.
    decoder.on("exit", forget);
    decoder.on("error", forget);
    return decoder;
  }
}
