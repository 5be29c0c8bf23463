import { containersOf } from "../containers/containers-of";
import type { ContainerView } from "../containers/container-view";
import type { Workload } from "../../model/workload";
import { attempt, type Report, type ResourcePolicy } from "../policy";
import { workloadOf } from "../workload-of";

/** The rest is for the write-ahead log and for compaction (prometheus.io, Storage: 80 to 85 %). */
const MOST_SHARE = 0.85;
const DEFAULT_PATH = "data/";
/** Prometheus' units are powers of two. */
const UNITS_IN_MIB: Readonly<Record<string, number>> = {
  KB: 2 ** -10,
  MB: 1,
  GB: 2 ** 10,
  TB: 2 ** 20,
};

/** A Prometheus whose volume is full stops to store, and everything that watches is blind. */
export const metricsMustFitTheirVolume: ResourcePolicy = {
  name: "metrics-must-fit-their-volume",
  description: `Every Prometheus keeps samples for as long as they fit in ${MOST_SHARE * 100} % of its volume.`,
  remedy: "Set storage to what the retention needs; the limit in bytes follows from it.",
  level: "mandatory",
  scope: "resource",
  check: (resource, { stack }, report) => {
    const workload = workloadOf(resource, stack);
    if (workload === undefined) return;
    for (const container of containersOf(resource)) {
      attempt(report, () => {
        checkRetention(container, workload, report);
      });
    }
  },
};

function checkRetention({ shown, title }: ContainerView, workload: Workload, report: Report): void {
  const flags = new Map(
    shown.flatMap(({ text }) => {
      const [, flag = "", value = ""] = /^--(storage\.tsdb[a-z.]+)=(.+)$/.exec(text) ?? [];
      return flag === "" ? [] : [[flag, value] as const];
    }),
  );
  if (flags.size === 0) return;
  const path = flags.get("storage.tsdb.path") ?? DEFAULT_PATH;
  const volume = workload.volumes.find((each) => each.path === path);
  if (volume === undefined) {
    report(`${title} keeps samples in ${path}, where no volume is.`);
    return;
  }
  const size = sizeInMiB(flags.get("storage.tsdb.retention.size"));
  const most = volume.storage.times(MOST_SHARE).mebibytes;
  if (size === undefined) {
    report(
      `${title} may keep samples until its volume of ${volume.storage.mebibytes} MiB is full.`,
    );
  } else if (size > most) {
    report(
      `${title} keeps up to ${size} MiB of samples on a volume of ${volume.storage.mebibytes} MiB; at most ${most} MiB.`,
    );
  }
}

function sizeInMiB(text = ""): number | undefined {
  const [, amount = "", unit = ""] = /^(\d+)(KB|MB|GB|TB)$/.exec(text) ?? [];
  const factor = UNITS_IN_MIB[unit];
  return factor === undefined || Number(amount) === 0 ? undefined : Number(amount) * factor;
}
