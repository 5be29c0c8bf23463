import type { Cpu } from "../../../model/units/cpu";

const ZEROS_OF_ONE_DECIMAL = 9;

/**
 * A CPU limit in the very form in which the provider reads it back ("0.25", "0.5", "1.0", "10."):
 * it compares text, so any other form would replace the container on every update.
 */
export function cpusText({ cores }: Cpu): string {
  const full = cores.toFixed(9);
  const zeros = full.replace(/[^0]/g, "").length;
  return zeros === ZEROS_OF_ONE_DECIMAL ? cores.toFixed(1) : full.replace(/0+$/, "");
}
