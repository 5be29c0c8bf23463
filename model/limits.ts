import type { Cpu } from "./units/cpu";
import type { Size } from "./units/size";

/** The most that one replica of a workload may use. Both are required: nothing runs unlimited. */
export interface Limits {
  /** Memory, a hard limit; swap is off. */
  readonly memory: Size;
  /** Processor time, a hard limit. */
  readonly cpu: Cpu;
}
