import { stringify } from "yaml";

/** YAML of a provisioned file: the same value gives the same bytes, no anchors, no folded lines. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });
}
