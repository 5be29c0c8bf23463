import assert from "node:assert/strict";
import { Duplex, Readable, Writable } from "node:stream";
import { test } from "node:test";
import { type ExecutingEngine, executeInContainer } from "../../../cli/docker/execute";
import { UserError } from "../../../cli/user-error";

const STACK = { project: "whalewatch", name: "dev" };

/** A piece of one of the two streams, as the engine frames it. */
function frame(stream: 1 | 2, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

/** An engine whose programs answer with these chunks once they have read everything. */
function engine(chunks: readonly Buffer[], code: number, state = "running") {
  const asked: unknown[] = [];
  let received = "";
  const answer = (stream: Duplex) => {
    chunks.forEach((chunk) => stream.push(chunk));
    stream.push(null);
  };
  const docker: ExecutingEngine = {
    listContainers: () =>
      Promise.resolve([
        {
          ...{ Id: "id", Names: ["/redis"], State: state, Status: "", Ports: [] },
          Labels: { "whalewatch.workload": "redis" },
        },
      ]),
    getContainer: () => ({
      exec: (options) => {
        asked.push(options);
        return Promise.resolve({
          inspect: () => Promise.resolve({ ExitCode: code }),
          start: () => {
            const stream = new Duplex({
              read: () => undefined,
              write(chunk: Buffer, _encoding, done) {
                received += chunk.toString();
                done();
              },
              final(done) {
                answer(stream);
                done();
              },
            });
            if (!options.AttachStdin) answer(stream);
            return Promise.resolve(stream);
          },
        });
      },
    }),
  };
  return { docker, asked, received: () => received };
}

test("a program reads its input and its output comes whole, however it is cut", async () => {
  const bytes = Buffer.concat([frame(1, "first "), frame(2, "a warning"), frame(1, "second")]);
  const cuts = [bytes.subarray(0, 3), bytes.subarray(3, 17), bytes.subarray(17)];
  const { docker, asked, received } = engine(cuts, 0);
  let printed = "";
  const output = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      printed += chunk.toString();
      setImmediate(done);
    },
  });
  const input = Readable.from([Buffer.from("in"), Buffer.from("put")]);
  await executeInContainer(docker, STACK, { workload: "redis", command: ["cat"], input, output });
  assert.deepEqual([printed, received()], ["first second", "input"]);
  assert.deepEqual(asked, [
    { Cmd: ["cat"], AttachStdin: true, AttachStdout: true, AttachStderr: true },
  ]);
});

for (const [name, state, message] of [
  ["a program that fails", "running", "psql in redis ended with code 3: no such role"],
  [
    "a workload that does not run",
    "exited",
    "redis does not run. Bring the stack up: whalewatch up --stack dev",
  ],
] as const) {
  test(`${name} is told with its reason`, async () => {
    const { docker } = engine([frame(2, "no such role\n")], 3, state);
    await assert.rejects(
      executeInContainer(docker, STACK, { workload: "redis", command: ["psql", "-c", "secret"] }),
      (error) => error instanceof UserError && error.message === message,
    );
  });
}
