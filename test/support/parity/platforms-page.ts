import { format } from "prettier";
import { BEHAVIOUR_ROWS } from "./behaviour-rows";
import type { Row } from "./row";
import { SETTING_ROWS } from "./setting-rows";
import { SERVICE_ROWS, WORKLOAD_ROWS } from "./workload-rows";

/** Every table of docs/platforms.md, by its heading. */
export const TABLES: readonly {
  readonly heading: string;
  readonly about: string;
  readonly rows: Readonly<Record<string, Row>>;
}[] = [
  {
    heading: "Settings of a service",
    about: "Each key below `whalewatch:services.NAME`.",
    rows: SERVICE_ROWS,
  },
  {
    heading: "Settings of the stack",
    about:
      "Each other key below `whalewatch:`; `program` stands for postgres, redis, prometheus, grafana, alertmanager, nodeExporter and the exporters.",
    rows: SETTING_ROWS,
  },
  {
    heading: "What a workload is made of",
    about: "Each field of `model/workload.ts`, which services and programs alike become.",
    rows: WORKLOAD_ROWS,
  },
  {
    heading: "What happens without a setting",
    about: "Defaults that nobody has to ask for, and what the commands do.",
    rows: BEHAVIOUR_ROWS,
  },
];

const INTRODUCTION = `# Docker and Kubernetes

The same declaration runs on both. This page says how each platform does each part of it, or with
which words it refuses: nothing is left out in silence. It is made by a test from the settings'
schema, so that a new setting without a row fails; \`UPDATE_GOLDEN=1 npm test\` writes it anew.
`;

/** The text of docs/platforms.md. */
export function platformsPage(): Promise<string> {
  const tables = TABLES.map(({ heading, about, rows }) =>
    [
      `## ${heading}`,
      "",
      about,
      "",
      "| | Docker | Kubernetes |",
      "| --- | --- | --- |",
      ...Object.entries(rows).map(
        ([feature, { docker, kubernetes }]) => `| ${code(feature)} | ${docker} | ${kubernetes} |`,
      ),
    ].join("\n"),
  );
  return format([INTRODUCTION, ...tables].join("\n\n"), { parser: "markdown", printWidth: 100 });
}

/** Names as they are written in a file or a command; words as words. */
const code = (feature: string): string =>
  /^(?:[a-z][a-zA-Z]*(?:\.[a-zA-Z]+)?|down --delete-data)$/.test(feature) &&
  !PLAIN_WORDS.includes(feature)
    ? `\`${feature}\``
    : feature;
const PLAIN_WORDS = ["swap", "updates", "restarts", "hardening", "quotas", "spread", "logs"];
