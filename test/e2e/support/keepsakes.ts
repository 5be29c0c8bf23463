import assert from "node:assert/strict";
import { inEachPod, inPod } from "./cluster";
import { eventually } from "./command";
import { keepsakeIsThere, leaveKeepsake } from "./postgres";

const SILENCE = "a keepsake of the tests";
const AMTOOL = ["amtool", "--alertmanager.url=http://localhost:9093", "silence"];

const redis = (...words: readonly string[]): Promise<string> =>
  inPod(
    ...["redis", "sh", "-c", 'REDISCLI_AUTH="$(cat /run/secrets/redis)" redis-cli "$@"'],
    ...["redis-cli", ...words],
  );

/** Something in each store, and in each monitor that keeps data, by which a loss is told later. */
export class Keepsakes {
  private constructor(
    /** The end of a minute whose samples every Prometheus has; Unix time in seconds. */
    private readonly at: number,
    private readonly samples: readonly string[],
  ) {}

  /** Leaves one each. */
  static async leave(): Promise<Keepsakes> {
    await leaveKeepsake();
    assert.equal((await redis("SET", "keepsake", "kept")).trim(), "OK");
    const silence = ["add", "--duration=2h", `--comment=${SILENCE}`, "alertname=Keepsake"];
    await inPod("alertmanager", ...AMTOOL, ...silence);
    // Long enough ago that no sample comes late.
    const at = Math.floor(Date.now() / 1000) - 60;
    return new Keepsakes(at, await samplesAt(at));
  }

  /** Fails where one is lost; everybody has a minute to answer. */
  async areThere(): Promise<void> {
    await keepsakeIsThere();
    await eventually(60, async () => {
      assert.equal((await redis("GET", "keepsake")).trim(), "kept");
      for (const silences of await inEachPod("alertmanager", ...AMTOOL, "query")) {
        assert.ok(silences.includes(SILENCE), "an Alertmanager has lost a silence");
      }
      assert.deepEqual(await samplesAt(this.at), this.samples);
    });
  }
}

/** How many samples each Prometheus has of the minute before a moment; in order. */
async function samplesAt(time: number): Promise<string[]> {
  const query = encodeURIComponent("sum(count_over_time(up[1m]))");
  const url = `http://localhost:9090/api/v1/query?query=${query}&time=${time}`;
  const answers = await inEachPod("prometheus", "wget", "-qO-", url);
  assert.ok(
    answers.every((text) => text.includes('"value":[')),
    answers.join(),
  );
  return answers.sort();
}
