import os from "node:os";
import { type Measured, measure } from "./measure";

/** Numbers of services; the argument `--quick` leaves the large ones out. */
const SIZES = process.argv.includes("--quick") ? [10, 100] : [10, 100, 300, 1000];

const TASKS: readonly { readonly name: string; readonly about: string }[] = [
  {
    name: "files",
    about: "Every provisioned file (no Pulumi loaded); CPU goal for 10: under 150 ms",
  },
  { name: "render", about: "whalewatch render; goal for 10: under 600 KB" },
  { name: "plan", about: "whalewatch plan; goal for 10: under 3 s" },
  { name: "peer", about: "The floor: as many bare Deployments, planned by the same engine" },
];

async function main(): Promise<void> {
  const [load = 0] = os.loadavg();
  console.log(`${os.availableParallelism()} processors, load ${load.toFixed(1)} at the start`);
  const cpuSeconds = new Map<string, number>();
  for (const { name, about } of TASKS) {
    console.log(`\n${about}`);
    const rows: [number, Measured][] = [];
    for (const services of SIZES) {
      const measured = await measure(name, services);
      rows.push([services, measured]);
      cpuSeconds.set(`${name} ${services}`, measured.cpuSeconds ?? measured.seconds);
    }
    console.table(rows.map((row, index) => describe(row, rows[index - 1])));
  }
  console.log("\nplan, in times of the floor's CPU");
  const ratio = (services: number): string => {
    const [own = 0, floor = 1] = ["plan", "peer"].map((name) =>
      cpuSeconds.get(`${name} ${services}`),
    );
    return (own / floor).toFixed(1);
  };
  console.table(SIZES.map((services) => ({ services, ratio: ratio(services) })));
}

/** A line, with what each service took beyond those of the line before: flat where all is linear. */
function describe([services, now]: [number, Measured], earlier?: [number, Measured]) {
  const further = (of: (measured: Measured) => number | undefined, digits: number): string => {
    const [from, to] = [earlier && of(earlier[1]), of(now)];
    if (earlier === undefined || from === undefined || to === undefined) return "";
    return ((to - from) / (services - earlier[0])).toFixed(digits);
  };
  return {
    services,
    seconds: now.seconds.toFixed(2),
    ...(now.cpuSeconds !== undefined && { "CPU s": now.cpuSeconds.toFixed(2) }),
    "task CPU ms": Math.round(now.cpuMs),
    "peak MiB": now.peakMiB === undefined ? "" : Math.round(now.peakMiB),
    ...(now.bytes !== undefined && { KB: Math.round(now.bytes / 1000) }),
    ...(now.resources !== undefined && { resources: now.resources }),
    "CPU ms per further": further(cpuMs, 2),
    "MiB per further": further(({ peakMiB }) => peakMiB, 3),
  };
}

function cpuMs({ cpuSeconds }: Measured): number | undefined {
  return cpuSeconds === undefined ? undefined : cpuSeconds * 1000;
}

void main();
