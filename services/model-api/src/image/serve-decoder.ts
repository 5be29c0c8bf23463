import { writeFileSync } from "node:fs";
import { decodeImage } from "./decode-image.js";
import { type DecoderReply } from "./decoder-reply.js";
import { type EncodedImage } from "./encoded-image.js";
import { luminanceThumbnail } from "./luminance-thumbnail.js";

function answer(image: EncodedImage): DecoderReply {
  try {
    return { thumbnail: luminanceThumbnail(decodeImage(image)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : "unknown error" };
  }
}

/** Where memory runs out all the same, this process is to go and not the service. */
function volunteerForOutOfMemory(): void {
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // Not Linux, or not allowed: then the kernel chooses by size.
  }
}

/**
 * Answers every image the parent process sends with its thumbnail, until the parent goes or ends
 * it; runs in a process of its own.
 */
export function serveDecoder(): void {
  volunteerForOutOfMemory();
  process.on("message", (image: EncodedImage) => {
    process.send?.(answer(image));
  });
  process.on("disconnect", () => process.exit(0));
  // Ctrl-C reaches the parent too, which may still need an answer before it ends this process.
  process.on("SIGINT", () => undefined);
}
