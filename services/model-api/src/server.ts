import { fileURLToPath } from "node:url";
import { DECODER_ARGUMENT } from "./image/decoder-argument.js";

// One file holds the service and its decoder process, and each loads its own half only: the image
// then needs nothing but this file, and the decoder stays small.
if (process.argv[2] === DECODER_ARGUMENT) {
  const { serveDecoder } = await import("./image/serve-decoder.js");
  serveDecoder();
} else {
  const { runService } = await import("./run-service.js");
  await runService(fileURLToPath(import.meta.url));
}
