import type { input } from "@pulumi/kubernetes/types";
import { Duration } from "../../../../model/units/duration";
import type { HealthCheck, Workload } from "../../../../model/workload";
import { verbatim } from "./expansion";

const TIMEOUT_SECONDS = 5;
const STARTUP_PERIOD_SECONDS = 2;
/** A start may take this long before it counts as failed, unless the service says how long. */
const START_WITHIN = Duration.parse("10m");
/** Whoever has data may have to recover it first: ended half way, it would begin anew for ever. */
const RECOVER_WITHIN = Duration.parse("1h");
const READINESS = { periodSeconds: 10, failureThreshold: 3 };
const LIVENESS = { periodSeconds: 10, failureThreshold: 6 };

/**
 * Started and ready when the health check says so; alive as long as the port is open: an
 * unreachable database makes a service unready, but restarting it would help nobody.
 */
export function probes({
  health,
  ports,
  startWithin,
  volumes,
}: Workload): Pick<input.core.v1.Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  if (health === undefined) return {};
  const question = { ...ask(health), timeoutSeconds: TIMEOUT_SECONDS };
  const [port] = ports;
  const open = port ? { tcpSocket: { port: port.container } } : ask(health);
  const { seconds } = startWithin ?? (volumes.length > 0 ? RECOVER_WITHIN : START_WITHIN);
  return {
    startupProbe: {
      ...question,
      periodSeconds: STARTUP_PERIOD_SECONDS,
      failureThreshold: Math.ceil(seconds / STARTUP_PERIOD_SECONDS),
    },
    readinessProbe: { ...question, ...READINESS },
    livenessProbe: { ...open, timeoutSeconds: TIMEOUT_SECONDS, ...LIVENESS },
  };
}

function ask(health: HealthCheck): input.core.v1.Probe {
  switch (health.kind) {
    case "http":
      return { httpGet: { path: health.path, port: health.port } };
    case "shell":
      return { exec: { command: ["sh", "-c", verbatim(health.line)] } };
    case "command":
      return { exec: { command: health.command.map(verbatim) } };
  }
}
