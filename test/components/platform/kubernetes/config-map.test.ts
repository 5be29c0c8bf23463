import assert from "node:assert/strict";
import { test } from "node:test";
import {
  configMap,
  configMapName,
} from "../../../../components/platform/kubernetes/objects/config-map";
import type { FileMount } from "../../../../model/files";
import { secretText } from "../../../../model/secrets";
import { ofKind, podOf, projectCluster } from "../../../support/cluster";
import { workloadOf } from "../../../support/declared-stack";

const stack = projectCluster("prod");
const prometheus = workloadOf(stack, "prometheus");
const context = {
  stack,
  settings: stack.settings.kubernetes,
  workloads: stack.workloads,
  secretName: () => "unused",
};
const mount = (onChange: FileMount["onChange"], text: string): FileMount => ({
  name: "config",
  directory: "/etc/x",
  sensitive: false,
  onChange,
  files: { "x.yml": text },
});

test("a changed file renames the map of a program that must start anew, so that its pods roll", () => {
  const [before, after] = ["a", "b"].map((text) =>
    configMapName(prometheus, mount("replace", text)),
  );
  assert.match(before ?? "", /^prometheus-config-[0-9a-f]{10}$/);
  assert.match(after ?? "", /^prometheus-config-[0-9a-f]{10}$/);
  assert.notEqual(before, after);
  assert.equal(before, configMapName(prometheus, mount("replace", "a")));
});

test("a changed file keeps the map of a program that reloads, so that no pod stops", () => {
  for (const text of ["a", "b"]) {
    assert.equal(configMapName(prometheus, mount("reload", text)), "prometheus-config");
  }
});

test("a map that is renamed is immutable, one that is reloaded is not", () => {
  const immutable = (onChange: FileMount["onChange"]): unknown => {
    const object = configMap(prometheus, mount(onChange, "a"), context);
    assert.equal(object.kind, "ConfigMap");
    return object.immutable;
  };
  assert.deepEqual([immutable("replace"), immutable("reload")], [true, undefined]);
});

test("a text with a secret in it never becomes a map", () => {
  const files = { "x.yml": secretText`password ${{ generated: "redis" }}` };
  assert.throws(() => configMap(prometheus, { ...mount("replace", ""), files }, context), {
    name: "TypeError",
    message: "File x.yml of mount config holds a secret: mark it as sensitive.",
  });
});

test("each mount of a pod is a map that exists or a Secret by name, with modes that its user reads", () => {
  const maps = ofKind(stack, "ConfigMap").map(({ namespace, name }) => `${namespace}/${name}`);
  const mounted = new Set<string>();
  const secrets: string[] = [];
  for (const { name } of stack.workloads) {
    const namespace = ofKind(stack, "ServiceAccount", name)[0]?.namespace ?? "";
    for (const volume of podOf(stack, name).at("volumes").list) {
      if (volume.at("configMap").plain !== undefined) {
        mounted.add(`${namespace}/${volume.at("configMap", "name").text}`);
        assert.equal(volume.at("configMap", "defaultMode").plain, 0o444);
      }
      if (volume.at("secret").plain !== undefined) {
        secrets.push(`${namespace}/${volume.at("secret", "secretName").text}`);
        assert.equal(volume.at("secret", "defaultMode").plain, 0o440);
      }
    }
  }
  assert.deepEqual([...mounted].sort(), maps.sort());
  assert.deepEqual(ofKind(stack, "Secret"), []);
  assert.ok(secrets.includes("whalewatch-prod-stores/redis-secrets"));
});
