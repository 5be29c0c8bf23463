import type { Asked } from "../support/traffic";
import { PORT_SHIFT } from "../support/e2e-stack";

/**
 * Services that misbehave on demand (test/e2e/faulty-api), one for each fault: a critical alert of a
 * service quiets its warnings, so one service could not show them all.
 */
export const FAULTY_PORTS = { erring: 8010, slow: 8011, heavy: 8012 } as const;
export type FaultyName = keyof typeof FAULTY_PORTS;

const addressOf = (name: FaultyName): string =>
  `http://127.0.0.1:${FAULTY_PORTS[name] + PORT_SHIFT}`;

/** Such a service's declaration, beside dev's own services. */
export const faultyService = (name: FaultyName): object => ({
  image: "whalewatch/faulty-api:1.0.0",
  build: { context: "test/e2e/faulty-api" },
  port: 8000,
  publish: FAULTY_PORTS[name] + PORT_SHIFT,
  limits: { memory: "256Mi", cpu: 0.25 },
  internet: false,
});

/** What a service does wrong from now on; nothing where nothing is named. */
export async function misbehave(
  name: FaultyName,
  fault: { errors?: number; delayMs?: number; memoryMiB?: number },
): Promise<void> {
  const response = await fetch(`${addressOf(name)}/fault`, {
    method: "POST",
    body: JSON.stringify(fault),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${name} answered ${response.status}`);
}

/** What is asked all the time, so that there is something to measure. */
export const TRAFFIC: readonly Asked[] = [
  ...[8001, 8002, 8003].flatMap((port): Asked[] => {
    const address = `http://127.0.0.1:${port + PORT_SHIFT}`;
    // Without a picture it is refused, which counts as a prediction too.
    return [{ url: `${address}/` }, { url: `${address}/predict`, method: "POST" }];
  }),
  { url: `${addressOf("erring")}/` },
  { url: `${addressOf("slow")}/` },
];
