/** Memory of the container, or of the host where no container limit is set; all in bytes. */
export interface MemoryUsage {
  readonly limitBytes: number;
  /** In use and not reclaimable at once: page cache that is not active does not count. */
  readonly usedBytes: number;
  readonly availableBytes: number;
  /** Used share of the limit, 0 to 100. */
  readonly percent: number;
}
