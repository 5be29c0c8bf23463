/** One difference between what was declared and what is there. */
export interface Finding {
  /** The resource's Pulumi name, or what is there in the platform's own words. */
  readonly resource: string;
  /** Its URN; absent for what Pulumi does not know. */
  readonly urn?: string;
  /** What differs, such as `memory`, by the name it has in Pulumi. */
  readonly property: string;
  readonly declared: string;
  readonly found: string;
  /**
   * `drift`: changed since the last update, by somebody else. `undeployed`: declared since, and not
   * brought up yet.
   */
  readonly cause: "drift" | "undeployed";
  readonly mend: Mend;
}

/** What puts a difference right. */
export type Mend =
  /** An update that looks at what is there. */
  | { readonly by: "refresh" }
  /** An update that makes these resources anew, since no provider sees what differs. */
  | { readonly by: "replace"; readonly urns: readonly string[] }
  /** Something to do by hand, and an update after it where that alone is not enough. */
  | { readonly by: "hand"; readonly command: string; readonly thenUpdate?: true };

const MOST_CHARACTERS = 48;

/** A value in one short line. */
export function shown(value: unknown): string {
  if (value === undefined || value === null || value === "") return "none";
  if (Array.isArray(value))
    return value.length === 0 ? "none" : shortened(value.map(text).join(" "));
  return shortened(text(value));
}

const text = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

function shortened(line: string): string {
  const single = line.replaceAll(/\s+/g, " ");
  return single.length <= MOST_CHARACTERS ? single : `${single.slice(0, MOST_CHARACTERS - 3)}...`;
}
