import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { succeeds } from "./support/command";
import { SmallStack } from "./support/small-stack";

const stack = new SmallStack("e2e-let-go");
const WITHOUT_REDIS = `  whalewatch:monitoring: { enabled: false }
  whalewatch:services:
    api:
      image: whalewatch/model-api:1.0.0
      build: { context: services/model-api }
      port: 8000
      limits: { memory: 128Mi, cpu: 0.25 }
`;
const WITH_REDIS = `${WITHOUT_REDIS}  whalewatch:redis: { limits: { memory: 64Mi, cpu: 0.25 } }\n`;

const redis = (command: string): Promise<string> =>
  stack.execute("redis", "sh", "-c", `REDISCLI_AUTH="$(cat /run/secrets/redis)" ${command}`);

describe("a store that is declared no longer", { concurrency: 1 }, () => {
  before(async () => {
    stack.declare(WITH_REDIS);
    await succeeds(stack.whalewatch("up", "--yes"));
    await redis("redis-cli SET kept yes");
  });

  after(() => stack.remove());

  test("is not let go without a word", async () => {
    stack.declare(WITHOUT_REDIS);
    const { code, output } = await stack.whalewatch("up", "--yes");
    assert.equal(code, 1, output);
    assert.match(output, /no longer declares what holds data, or opens it:/);
    assert.match(output, /npm run up -- --stack e2e-let-go --let-go/);
    assert.equal(await redis("redis-cli GET kept"), "yes");
  });

  test("goes with --let-go, and its data stays where it is", async () => {
    await succeeds(stack.whalewatch("up", "--yes", "--let-go"));
    await assert.rejects(redis("redis-cli PING"));
    stack.declare(WITH_REDIS);
    await succeeds(stack.whalewatch("up", "--yes"));
    assert.equal(await redis("redis-cli GET kept"), "yes");
  });
});
