import * as z from "zod";

/** The whale identification models this service can play; the image is run once per name. */
export const ModelName = z.enum(["efficientnet-v1", "efficientnet-v2", "resnet-v1"]);

/** One of the model names, as given in MODEL_NAME. */
export type ModelName = z.infer<typeof ModelName>;
