import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { Stack } from "./selftest/stack";

// Runs the stand-in plugins (or, with WHALEWATCH_PLUGINS=upstream, the real ones) against a Docker
// engine: node --import tsx --test test/lab/pulumi/selftest.e2e.ts
const images = readFileSync(resolve(__dirname, "../docker/images.tsv"), "utf8");
const IMAGE = /^redis\t(\S+)/m.exec(images)?.[1] ?? "redis";
const GATE = ["preview", "--expect-no-changes"];
const DRIFT_GATE = [...GATE, "--refresh"];

let stack: Stack;

before(() => {
  stack = new Stack({ IMAGE });
  stack.up();
});
after(() => stack.clean());

function inspect(id: string, format: string): string {
  return stack.docker("inspect", "--format", format, id);
}

test("a second preview changes nothing, nor does one that refreshes", () => {
  stack.expect(GATE);
  stack.expect(DRIFT_GATE);
});

test("the state holds the password encrypted", () => {
  const secret = stack.output("secret");
  assert.match(secret, /^[A-Za-z0-9]{24}$/);
  assert.ok(!stack.expect(["stack", "export"]).includes(secret));
});

test("uploads arrive with their mode and owner, and the server can read them", () => {
  const server = stack.output("serverId");
  assert.equal(stack.docker("exec", server, "cat", "/config/secret"), stack.output("secret"));
  const listed = stack.docker("exec", server, "ls", "-ln", "/config");
  assert.match(listed, /-r--------\s+1\s+999\s+999\s.*secret/);
  assert.match(listed, /-rw-r--r--\s+1\s+0\s+0\s.*a\.conf/);
});

test("memory changes in place", () => {
  const server = stack.output("serverId");
  stack.set({ MEMORY: "48" });
  stack.up();
  assert.equal(stack.output("serverId"), server);
  assert.equal(
    inspect(server, "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}"),
    "50331648 50331648",
  );
  stack.expect(DRIFT_GATE);
});

test("cpus replaces; written as upstream reads it back it is then stable, otherwise never", () => {
  const server = stack.output("serverId");
  stack.set({ CPUS: "1" });
  stack.up();
  assert.notEqual(stack.output("serverId"), server);
  assert.match(stack.pulumi(GATE).output, /replace.*cpus/s);
  stack.set({ CPUS: "1.0" });
  stack.expect(GATE);
});

test("a changed file replaces the files container and leaves the server running", () => {
  const [server, files] = [stack.output("serverId"), stack.output("filesId")];
  stack.set({ CONTENT: "maxmemory 9mb\n" });
  stack.up();
  assert.equal(stack.output("serverId"), server);
  assert.notEqual(stack.output("filesId"), files);
  assert.equal(stack.docker("exec", server, "cat", "/config/a.conf"), "maxmemory 9mb");
  assert.equal(inspect(stack.output("filesId"), "{{.State.Status}}"), "created");
});

test("what is refused says why", () => {
  stack.set({ UPLOAD: "text" });
  assert.match(
    stack.pulumi(["up", "--yes", "--skip-preview"]).output,
    /container rootfs is marked read-only/,
  );
  stack.set({ UPLOAD: "", READ_ONLY: "no" });
  assert.match(
    stack.pulumi(["up", "--yes", "--skip-preview"]).output,
    /one of 'content', .* must be set/,
  );
  stack.unset("UPLOAD", "READ_ONLY");
  stack.set({ MEMORY: "-5" });
  assert.match(stack.pulumi(GATE).output, /memory.*-5.*>= 0/s);
  stack.set({ MEMORY: "48" });
  stack.up();
});

test("a container that does not become healthy fails, stays, and is replaced", () => {
  stack.set({ HEALTH: "false", WAIT: "3" });
  const failed = stack.pulumi(["up", "--yes", "--skip-preview"]);
  assert.notEqual(failed.code, 0);
  assert.match(failed.output, /container failed to be in healthy state/);
  const state = stack.expect(["stack", "export"]);
  assert.match(state, /initErrors/);
  stack.unset("HEALTH", "WAIT");
  assert.match(stack.expect(["preview"]), /server\s+(create )?replace/);
  stack.up();
  stack.expect(DRIFT_GATE);
});

test("a server stopped by hand is seen by a refresh alone, and started in place", () => {
  const server = stack.output("serverId");
  stack.docker("stop", server);
  stack.expect(GATE);
  assert.match(stack.pulumi(DRIFT_GATE).output, /mustRun/);
  stack.up("--refresh");
  assert.equal(stack.output("serverId"), server);
  assert.equal(inspect(server, "{{.State.Running}}"), "true");
});

test("a server removed by hand is made again after a refresh", () => {
  const server = stack.output("serverId");
  stack.docker("rm", "-fv", server);
  stack.expect(GATE);
  stack.up("--refresh");
  assert.notEqual(stack.output("serverId"), server);
});

test("a killed up leaves a lock, a pending operation and an orphan", async () => {
  stack.set({ NAMED: "yes", NAMED_HEALTH: "false" });
  const named = `${stack.prefix}-named`;
  const exists = (): boolean => stack.docker("ps", "-aq", "--filter", `name=${named}`) !== "";
  await stack.killedUp(exists);
  stack.set({ NAMED_HEALTH: "true" });
  assert.match(stack.pulumi(["up", "--yes", "--skip-preview"]).output, /locked/);
  stack.expect(["cancel", "--yes"]);
  assert.match(stack.pulumi(["up", "--yes", "--skip-preview"]).output, /pending operation/);
  stack.expect(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]);
  assert.match(stack.pulumi(["up", "--yes", "--skip-preview"]).output, /is already in use/);
  stack.docker("rm", "-fv", named);
  stack.up();
  stack.unset("NAMED", "NAMED_HEALTH");
  stack.up();
  assert.equal(exists(), false);
});

test("an image is built again when a file of its context changes, and only then", () => {
  stack.write("context/Dockerfile", `FROM ${IMAGE}\nCOPY . /context\n`);
  stack.write("context/.dockerignore", "ignored\n");
  stack.write("context/file", "one");
  stack.set({ CONTEXT: "context" });
  stack.up();
  const built = stack.docker("image", "inspect", "--format", "{{.Id}}", `${stack.prefix}:built`);
  stack.write("context/ignored", "text");
  stack.expect(DRIFT_GATE);
  stack.write("context/file", "two");
  assert.match(stack.expect(["preview"]), /replace/);
  stack.up();
  stack.expect(GATE);
  assert.notEqual(
    stack.docker("image", "inspect", "--format", "{{.Id}}", `${stack.prefix}:built`),
    built,
  );
});

test("destroy leaves the retained volume and nothing else", () => {
  stack.expect(["destroy", "--yes", "--skip-preview"]);
  const mine = ["--filter", `label=whalewatch.selftest=${stack.prefix}`];
  assert.equal(stack.docker("ps", "-aq", ...mine), "");
  assert.equal(stack.docker("network", "ls", "-q", ...mine), "");
  assert.equal(stack.docker("volume", "ls", "-q", ...mine), `${stack.prefix}-data`);
});
