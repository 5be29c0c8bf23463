import { ApiError } from "../http/api-error.js";
import { type MemoryUsage } from "../system/memory-usage.js";

const MIB = 2 ** 20;

/**
 * Refuses work that would not fit in the memory left: one upload must not get the whole container
 * killed.
 * @param neededBytes what the work takes at its peak.
 * @throws ApiError 503 saying how much is needed and left.
 */
export function checkMemory(neededBytes: number, { availableBytes }: MemoryUsage): void {
  if (neededBytes <= availableBytes) return;
  throw new ApiError(
    503,
    "not_enough_memory",
    `decoding this image takes about ${Math.ceil(neededBytes / MIB)} MiB, ` +
      `and ${Math.floor(availableBytes / MIB)} MiB are free`,
  );
}
