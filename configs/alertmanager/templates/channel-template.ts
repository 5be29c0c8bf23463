import type { Fragment } from "./fragment";

/** A named template of a channel, and how long its text may be there. */
export interface ChannelTemplate {
  /** Unique among all templates. */
  readonly name: string;
  readonly fragment: Fragment;
  /** Characters that the channel takes; beyond them it cuts or refuses. */
  readonly limit: number;
  /** Executed as HTML, which escapes what it does not know to be safe. */
  readonly html?: boolean;
}

/** The action that puts a template's text into a field. */
export const use = ({ name }: Pick<ChannelTemplate, "name">): string =>
  `{{ template "${name}" . }}`;

/** A template file with these. */
export function templateFile(templates: readonly ChannelTemplate[]): string {
  return templates
    .map(({ name, fragment }) => `{{ define "${name}" }}${fragment.template}{{ end }}\n`)
    .join("");
}
