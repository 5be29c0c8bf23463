import assert from "node:assert/strict";
import type { Stack } from "../../model/stack";
import { describe, test } from "node:test";
import { provisionFiles } from "../../configs/provision";
import type { FileMount } from "../../model/files";
import { mountsOf, renderedFiles } from "../support/rendered";
import { projectStack, service, stackFrom, type Values } from "../support/stack-settings";

const dev = projectStack("dev");
const full: Values = {
  services: {
    narwhal: service({ needs: ["postgres", "redis"], secrets: ["apiKey"] }),
    orca: service({ needs: ["postgres"] }),
  },
  postgres: {},
  redis: {},
};
const fullStack = stackFrom(full, ["apiKey"]);

test("every workload is asked for its files, in the order of the stack", () => {
  assert.deepEqual(
    [...provisionFiles(dev).keys()],
    dev.workloads.map(({ name }) => name),
  );
});

test("a workload's mounts have names and directories of their own, and are never empty", () => {
  for (const mounts of provisionFiles(fullStack).values()) {
    const names = mounts.map(({ name }) => name);
    const directories = mounts.map(({ directory }) => directory);
    assert.equal(new Set(names).size, names.length);
    assert.equal(new Set(directories).size, directories.length);
    for (const { files, directory } of mounts) {
      assert.ok(Object.keys(files).length > 0);
      assert.match(directory, /^\/[a-z/._-]+[a-z]$/);
    }
  }
});

test("secrets stand in sensitive mounts alone, and sensitive mounts hold nothing else", () => {
  const allMounts: readonly FileMount[] = [...provisionFiles(fullStack).values()].flat();
  assert.ok(allMounts.some(({ sensitive }) => sensitive));
  for (const { name, files, sensitive } of allMounts) {
    for (const [file, content] of Object.entries(files)) {
      const holdsSecret =
        typeof content !== "string" && content.parts.some((part) => typeof part !== "string");
      assert.equal(holdsSecret, sensitive, `${name}/${file}`);
    }
  }
});

describe("who gets which secret files", () => {
  for (const [workload, files] of [
    ["narwhal", ["postgres-app", "redis", "apiKey"]],
    ["orca", ["postgres-app"]],
    ["postgres", ["postgres-superuser", "passwords.sql"]],
    ["redis", ["redis", "redis-auth.conf"]],
    ["postgres-exporter", ["postgres-monitoring"]],
    ["redis-exporter", ["redis-passwords.json"]],
    ["grafana", ["grafana-admin"]],
    ["prometheus", []],
    ["alertmanager", []],
    ["node-exporter", []],
    ["blackbox-exporter", []],
  ] as const) {
    test(`${workload}: ${files.join(", ") || "none"}`, () => {
      const secrets = mountsOf(fullStack, workload).filter(({ name }) => name === "secrets");
      assert.deepEqual(
        secrets.flatMap((mount) => Object.keys(mount.files)),
        files,
      );
      assert.ok(secrets.every(({ directory }) => directory === "/run/secrets"));
    });
  }
});

test("a password file holds the password and nothing else, no line end either", () => {
  const [mount] = mountsOf(fullStack, "narwhal");
  assert.deepEqual(mount?.files, {
    "postgres-app": { parts: [{ generated: "postgres-app" }] },
    redis: { parts: [{ generated: "redis" }] },
    apiKey: { parts: [{ declared: "apiKey" }] },
  });
});

test("the files that a workload's variables and commands point at are provisioned", () => {
  for (const { name, env, command = [] } of fullStack.workloads) {
    const provisioned = mountsOf(fullStack, name).flatMap(({ directory, files }) =>
      Object.keys(files).map((file) => `${directory}/${file}`),
    );
    const texts = [...Object.values(env), ...command];
    const named = texts.flatMap((text) => /\/(?:run\/secrets|etc)\/[\w./-]+$/.exec(text) ?? []);
    assert.deepEqual(
      named.filter((file) => !provisioned.includes(file)),
      [],
      name,
    );
  }
});

describe("nothing names what is not declared", () => {
  const { redis, postgres, services, ...rest } = full;
  const orca = { orca: service() };
  const cases: readonly [title: string, values: Values, gone: RegExp][] = [
    [
      "redis",
      { ...rest, postgres, services: { orca: service({ needs: ["postgres"] }) } },
      /redis/i,
    ],
    ["postgres", { ...rest, redis, services: orca }, /postgres|\bpg_/i],
    ["a service", { ...rest, redis, postgres, services: orca }, /narwhal/i],
    ["every service", { ...rest, redis, postgres }, /narwhal|orca|probe|blackbox|role="service"/i],
    ["node-exporter", { ...full, nodeExporter: { enabled: false } }, /node-exporter|\bnode_/i],
    ["alertmanager", { ...full, alertmanager: { enabled: false } }, /alertmanager/i],
    ["grafana", { ...full, grafana: { enabled: false } }, /grafana/i],
    [
      "redis' exporter",
      { ...full, exporters: { redis: { enabled: false } } },
      /redis-exporter|redis_memory/i,
    ],
    [
      "postgres' exporter",
      { ...full, exporters: { postgres: { enabled: false } } },
      /postgres-exporter|pg_stat/i,
    ],
    ["the prober", { ...full, exporters: { blackbox: { enabled: false } } }, /blackbox|probe/i],
  ];
  assert.ok(services !== undefined);
  for (const [title, values, gone] of cases) {
    test(`without ${title} no file speaks of it`, () => {
      const all = filesBesideProse(fullStack).map(String).join("\n");
      assert.match(all, gone, "the pattern must find it where it is declared");
      const found = filesBesideProse(stackFrom(values, ["apiKey"])).filter(([name, text]) =>
        gone.test(`${name}\n${text}`),
      );
      assert.deepEqual(found, []);
    });
  }
});

test("without monitoring, files are the stores' and the services' alone", () => {
  const names = [
    ...renderedFiles(stackFrom({ ...full, monitoring: { enabled: false } }, ["apiKey"])),
  ];
  const workloads = new Set(names.map(([name]) => name.split("/")[0]));
  assert.deepEqual([...workloads], ["postgres", "redis", "narwhal", "orca"]);
});

test("two renders of the same settings are the same bytes", () => {
  assert.deepEqual(renderedFiles(projectStack("dev")), renderedFiles(projectStack("dev")));
});

/** Runbooks are prose, written for every stack: they may speak of what this one lacks. */
function filesBesideProse(stack: Stack): [name: string, text: string][] {
  return [...renderedFiles(stack)].filter(([name]) => !name.endsWith("/runbooks.json"));
}
