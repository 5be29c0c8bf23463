import { type TestContext } from "node:test";
import { createLogger } from "../../../../services/model-api/src/create-logger.js";
import { type AppParts } from "../../../../services/model-api/src/http/app-parts.js";
import { createApp } from "../../../../services/model-api/src/http/create-app.js";
import { ApiError } from "../../../../services/model-api/src/http/api-error.js";
import { decodeImage } from "../../../../services/model-api/src/image/decode-image.js";
import { luminanceThumbnail } from "../../../../services/model-api/src/image/luminance-thumbnail.js";
import { WhaleModel } from "../../../../services/model-api/src/model/whale-model.js";

/** An app that decodes in this thread, with its log lines caught; closed when the test ends. */
export async function testApp(t: TestContext, parts: Partial<AppParts> = {}) {
  const lines: string[] = [];
  const modelName = parts.modelName ?? "efficientnet-v1";
  const model = new WhaleModel(modelName);
  const app = await createApp({
    modelName,
    logger: createLogger(modelName, "info", { write: (line) => void lines.push(line) }),
    reader: {
      thumbnail: (image) =>
        Promise.resolve()
          .then(() => luminanceThumbnail(decodeImage(image)))
          .catch(() => {
            throw new ApiError(400, "undecodable_image", "cannot decode");
          }),
      close: () => Promise.resolve(),
    },
    cpu: { read: () => 12.5 },
    model: () => model,
    isStopping: () => false,
    openCache: undefined,
    openStore: undefined,
    checks: [],
    ...parts,
  });
  t.after(() => app.close());
  return { app, lines };
}
