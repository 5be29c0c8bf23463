import * as z from "zod";

/** What the decoder process answers: the thumbnail, or why there is none. */
export const DecoderReply = z.union([
  z.object({ thumbnail: z.instanceof(Float64Array) }),
  z.object({ error: z.string() }),
]);

/** What the decoder process answers: the thumbnail, or why there is none. */
export type DecoderReply = z.infer<typeof DecoderReply>;
