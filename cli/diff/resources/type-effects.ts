/**
 * What a provider does when a property changes:
 * - `replaces`: the thing is made anew;
 * - `in place`: it is changed as it is;
 * - `recorded`: the state takes note, the thing needs nothing;
 * - `never applied`: shown as an update and noted, but the thing stays as it was.
 */
export type Effect = "replaces" | "in place" | "recorded" | "never applied";

/** What a change of each property of a resource type does. */
export interface TypeEffects {
  /** Of every property that is not listed. */
  readonly otherwise: Effect;
  readonly listed: Readonly<Record<string, Effect>>;
  /** Lists whose order and repetition mean nothing. */
  readonly unordered: readonly string[];
}
