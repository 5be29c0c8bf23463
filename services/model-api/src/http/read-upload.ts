import { type FastifyRequest } from "fastify";
import { ApiError } from "./api-error.js";

/**
 * Reads the one file of a multipart request.
 * @throws ApiError 400 when there is no file or an empty one, 413 when it is too large.
 */
export async function readUpload(request: FastifyRequest): Promise<Buffer> {
  const missing = new ApiError(400, "no_image", "send one image as multipart/form-data");
  if (!request.isMultipart()) throw missing;
  const part = await request.file();
  if (part === undefined) throw missing;
  const bytes = await part.toBuffer();
  if (bytes.length === 0) throw missing;
  return bytes;
}
