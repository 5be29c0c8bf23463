import type { types } from "@pulumi/docker";
import { Duration } from "../../../model/units/duration";
import type { HealthCheck } from "../../../model/workload";

/** Seconds within which a probe must answer. */
const PROBE_TIMEOUT_SECONDS = 4;

/**
 * How often and how patiently the engine asks. Each question starts a process, so more often would
 * cost more than it tells; `startInterval` would speed up the start, but engines before 25.0 drop
 * it, which would show as a change on every preview.
 */
const TIMING = {
  interval: "10s",
  timeout: "5s",
  retries: 3,
} as const;

/** How long a check that fails is not held against a container. */
const START_PERIOD = Duration.seconds(30);

/** A health check in the engine's terms. */
export function healthcheck(
  check: HealthCheck,
  startWithin = START_PERIOD,
): types.input.ContainerHealthcheck {
  return { ...TIMING, startPeriod: startWithin.toGoString(), tests: tests(check) };
}

function tests(check: HealthCheck): string[] {
  switch (check.kind) {
    case "http":
      return ["CMD-SHELL", httpProbe(check.port, check.path)];
    case "shell":
      return ["CMD-SHELL", check.line];
    case "command":
      return ["CMD", ...check.command];
  }
}

/**
 * The engine can only run a command inside, and images differ in what they hold, so the first of
 * wget, curl, node and python3 asks. An image with neither a shell nor one of these needs
 * `healthCommand`.
 */
function httpProbe(port: number, path: string): string {
  const url = `http://127.0.0.1:${port}${path}`;
  const ways = [
    ["wget", `wget -q -T ${PROBE_TIMEOUT_SECONDS} -O /dev/null ${url}`],
    ["curl", `curl -fsS -m ${PROBE_TIMEOUT_SECONDS} -o /dev/null ${url}`],
    [
      "node",
      `node -e "fetch('${url}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"`,
    ],
    [
      "python3",
      `python3 -c "import urllib.request as u; u.urlopen('${url}', timeout=${PROBE_TIMEOUT_SECONDS})"`,
    ],
  ] as const;
  const branches = ways.map(([tool, line]) => `if command -v ${tool} >/dev/null; then ${line}; el`);
  return `${branches.join("")}se echo "no wget, curl, node or python3 in the image"; exit 1; fi`;
}
