/** Readings closer together than this share one value: a shorter window is mostly noise. */
const SHORTEST_WINDOW_MS = 250;

/** Measures how much of its CPU allowance this process uses, between one reading and the next. */
export class CpuMeter {
  readonly #cores: number;
  #usage = process.cpuUsage();
  #time = performance.now();
  #percent = 0;

  /** @param cores how many cores make 100 percent. */
  constructor(cores: number) {
    this.#cores = cores;
  }

  /** CPU use since the previous reading (the first: since the start), 0 to 100 percent. */
  read(): number {
    const elapsedMs = performance.now() - this.#time;
    if (elapsedMs < SHORTEST_WINDOW_MS) return this.#percent;
    const used = process.cpuUsage(this.#usage);
    this.#usage = process.cpuUsage();
    this.#time = performance.now();
    const usedMs = (used.user + used.system) / 1000;
    this.#percent = Math.min(100, (usedMs / elapsedMs / this.#cores) * 100);
    return this.#percent;
  }
}
