import type { Settings } from "../../model/settings/schema";
import { Cpu } from "../../model/units/cpu";
import { Duration } from "../../model/units/duration";
import { Latency } from "../../model/units/latency";
import { Percent } from "../../model/units/percent";
import { Size } from "../../model/units/size";
import { TimeOfDay } from "../../model/units/time-of-day";
import type { StackFile } from "../stack-file";

/** A setting that two environments do not have alike. */
export interface SettingDifference {
  /** Its path, such as `whalewatch:services.api.replicas` or `secrets:token`. */
  readonly setting: string;
  /** What the first has, in words; absent: it has none. */
  readonly from?: string;
  /** What the second has. */
  readonly to?: string;
}

/** A stack file with its settings, every default filled in. */
export interface Environment {
  readonly file: StackFile;
  readonly settings: Settings;
}

/**
 * Every difference between two environments as they resolve: what equals the other's default is none.
 * A whole section that only one of them has is one difference. Secrets are compared by name alone.
 */
export function settingsDifferences(from: Environment, to: Environment): SettingDifference[] {
  const { project } = from.file;
  const differences = [
    ...compare(`${project}:`, from.settings, to.settings),
    ...compare("", otherConfig(from.file), otherConfig(to.file)),
  ];
  return differences.sort((a, b) => a.setting.localeCompare(b.setting));
}

/** Keys of other namespaces, with a word in place of each encrypted value. */
function otherConfig({ project, config, secretKeys, settings }: StackFile): object {
  const others = Object.entries(config)
    .filter(([key]) => !key.startsWith(`${project}:`) && !key.startsWith("secrets:"))
    .map(([key, text]) => [key, secretKeys.includes(key) ? ENCRYPTED : text]);
  const secrets = Object.entries(settings.secrets).map(([name, { encrypted }]) => [
    `secrets:${name}`,
    encrypted ? ENCRYPTED : "a plain value",
  ]);
  return Object.fromEntries([...others, ...secrets]) as object;
}

const ENCRYPTED = "an encrypted value";

function compare(setting: string, from: unknown, to: unknown): SettingDifference[] {
  if (isMapping(from) && isMapping(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    const separator = setting === "" || setting.endsWith(":") ? "" : ".";
    return [...keys].flatMap((key) => compare(`${setting}${separator}${key}`, from[key], to[key]));
  }
  const [before, after] = [inWords(from), inWords(to)];
  if (before === after) return [];
  return [
    {
      setting,
      ...(before !== undefined && { from: before }),
      ...(after !== undefined && { to: after }),
    },
  ];
}

type Mapping = Readonly<Record<string, unknown>>;

/** A mapping of settings; a unit such as a size is one value. */
function isMapping(value: unknown): value is Mapping {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

/** What knows its written form. */
const UNITS = [Cpu, Duration, Latency, Percent, Size, TimeOfDay] as const;
type Unit = Cpu | Duration | Latency | Percent | Size | TimeOfDay;
const isUnit = (value: unknown): value is Unit => UNITS.some((unit) => value instanceof unit);

/** A value as a stack file writes it, in one line. */
function inWords(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return `[${value.map((entry) => inWords(entry) ?? "").join(", ")}]`;
  if (isMapping(value)) {
    const entries = Object.entries(value).flatMap(([key, entry]) => {
      const words = inWords(entry);
      return words === undefined ? [] : [`${key}: ${words}`];
    });
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  if (isUnit(value)) return value.toString();
  return typeof value === "string" ? value : JSON.stringify(value);
}
