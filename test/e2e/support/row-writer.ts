import { eventually, run, start } from "./command";
import type { SmallStack } from "./small-stack";

/** The service that writes a row every 100 ms, each by a connection of its own, and says how it went. */
export const ROW_WRITER = `
    writer:
      image: postgres:18.6
      kind: worker
      health: false
      metrics: false
      needs: [postgres]
      user: "999:999"
      limits: { memory: 64Mi, cpu: 1 }
      command:
        - sh
        - -c
        - |
          printf '*:*:*:*:%s' "$(cat /run/secrets/postgres-app)" >/tmp/pgpass
          chmod 600 /tmp/pgpass
          export PGPASSFILE=/tmp/pgpass PGCONNECT_TIMEOUT=2
          write() { psql -h postgres -U app -d app -qc "$1" >/dev/null 2>&1; }
          until write 'CREATE TABLE IF NOT EXISTS rows (n bigserial, at timestamptz DEFAULT clock_timestamp())'
          do sleep 0.1; done
          while :; do
            if write 'INSERT INTO rows DEFAULT VALUES'; then how=written; else how=failed; fi
            echo "$(date +%s%3N) $how"
            sleep 0.1
          done
`;

/** How one write went. */
export interface Write {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly written: boolean;
}

/** Notes how each write of the writer goes until it is stopped, also when its container is replaced. */
export class WriterLog {
  private readonly logs: Promise<{ output: string }>[] = [];

  constructor(private readonly stack: SmallStack) {
    this.follow();
  }

  /** Follows the container that runs now. */
  follow(): void {
    this.logs.push(start("docker", ["logs", "--follow", this.container], {}).ended);
  }

  /** All writes so far; ends the writer. */
  async end(): Promise<Write[]> {
    await run("docker", ["stop", "--time", "0", this.container]);
    const outputs = await Promise.all(this.logs);
    return outputs.flatMap(({ output }) => output.split("\n").flatMap(readLine));
  }

  private get container(): string {
    return this.stack.container("writer");
  }
}

/** Waits until so many rows are there. */
export async function rowsWritten(stack: SmallStack, atLeast: number): Promise<void> {
  await eventually(30, async () => {
    const rows = Number(await stack.psql("SELECT count(*) FROM rows"));
    if (rows < atLeast) throw new Error(`${rows} rows of ${atLeast}`);
  });
}

function readLine(line: string): Write[] {
  const [, at, how] = /^(\d+) (written|failed)$/.exec(line) ?? [];
  return at === undefined ? [] : [{ at: Number(at), written: how === "written" }];
}
