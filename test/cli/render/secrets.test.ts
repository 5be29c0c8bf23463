import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { renderFiles } from "../../../cli/commands/render";
import { clusterObjects } from "../../../cli/render/cluster-objects";
import { provisionFiles } from "../../../configs/provision";
import { clusterStack, controllersOf, projectCluster, templateOf } from "../../support/cluster";
import { filesBelow } from "../../support/files-below";
import { service } from "../../support/stack-settings";
import { temporaryFolder } from "../../support/temporary-folder";

const NAMES = ["token", "smtp-login"];
const stack = clusterStack(
  {
    services: { api: service({ needs: ["postgres", "redis"], secrets: NAMES }) },
    postgres: {},
    redis: {},
  },
  NAMES,
);
const files = renderFiles(stack);
const guide = files.find(({ path: name }) => name === "SECRETS.md")?.text ?? "";
const { secrets } = clusterObjects(stack, provisionFiles(stack));

test("no manifest is a Secret, holds one's text, or gives a variable a value from one", () => {
  const sensitive = secrets.flatMap(({ mount }) =>
    Object.values(mount.files).flatMap((content) =>
      typeof content === "string" ? [content] : content.parts,
    ),
  );
  const texts = sensitive.flatMap((part) =>
    typeof part === "string" && part.trim().length > 3 ? [part] : [],
  );
  for (const { path: name, text } of files.filter(({ path: one }) => one !== "SECRETS.md")) {
    assert.doesNotMatch(text, /^kind: Secret$|secretKeyRef|envFrom|stringData/m, name);
    for (const part of texts) assert.ok(!text.includes(part), `${name}: ${part}`);
  }
});

test("the guide lists each Secret that a pod mounts, with its namespace and files", () => {
  const mounted = controllersOf(stack).flatMap((controller) =>
    templateOf(controller)
      .at("spec", "volumes")
      .list.filter((volume) => volume.at("secret").plain !== undefined)
      .map((volume) => `${controller.namespace}/${volume.at("secret", "secretName").text}`),
  );
  const listed = secrets.map(({ namespace, name }) => `${namespace}/${name}`);
  assert.deepEqual(listed.sort(), mounted.sort());
  for (const { namespace, name, workload, mount } of secrets) {
    const keys = Object.keys(mount.files).join(", ");
    assert.ok(guide.includes(`| ${namespace} | ${name} | ${keys} | ${workload} |\n`));
  }
});

test("a stack without secrets says so", () => {
  const empty = clusterStack({ services: { api: service() }, monitoring: { enabled: false } });
  const text = renderFiles(empty).find(({ path: name }) => name === "SECRETS.md")?.text;
  assert.equal(text, "# Secrets of whalewatch/test\n\nThe manifests refer to none.\n");
});

/** Stand-ins that keep what they are given; every password is another. */
const STUBS = {
  "bin/kubectl": `#!/bin/bash
if [ "$1" = create ]; then
  folder="$CALLS/$6/$4"; mkdir -p "$folder"; cp "\${7#--from-file=}"/* "$folder/"
elif [ "$4" = - ]; then
  cat > /dev/null
else
  mkdir -p "$CALLS/applied"; cp "$4" "$CALLS/applied/"
fi
`,
  "bin/openssl": `#!/bin/bash
echo >> "$CALLS.count"; printf 'made%s\\n' "$(wc -l < "$CALLS.count")"
`,
  "bin/pulumi": `#!/bin/bash
[ "$1 $2 $4 $5" = "config get --stack test" ] && printf "the value of %s's\\n" "$3"
`,
};
const NAMESPACES = {
  "00-namespace-x.yaml": "kind: Namespace\nmetadata: { name: x }\n",
  "00-namespace-y.yaml": "kind: Namespace\nmetadata: { name: y }\n",
};

test("the guide's commands make each namespace and exactly the files that the workloads read, twice the same", (context) => {
  const namespaces = Object.entries(NAMESPACES).map(
    ([name, text]) => [`manifests/${name}`, text] as const,
  );
  const folder = temporaryFolder(context, { ...STUBS, ...Object.fromEntries(namespaces) });
  for (const tool of ["kubectl", "openssl", "pulumi"])
    chmodSync(path.join(folder, "bin", tool), 0o755);
  const script = /```bash\n([\s\S]*?)```/.exec(guide)?.[1] ?? assert.fail("no commands");
  const run = (calls: string): Map<string, string> => {
    const env = {
      PATH: `${path.join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
      VALUES: path.join(folder, "my values"),
      CALLS: path.join(folder, calls),
    };
    const { status, stderr } = spawnSync("bash", ["--norc", "-c", script], { cwd: folder, env });
    assert.deepEqual([status, stderr.toString()], [0, ""]);
    return filesBelow(path.join(folder, calls));
  };
  const made = run("first");
  const value = (name: string): string =>
    filesBelow(path.join(folder, "my values")).get(name) ?? assert.fail(name);
  const applied = Object.entries(NAMESPACES).map(
    ([name, text]) => [`applied/${name}`, text] as const,
  );
  const expected = secrets.flatMap(({ namespace, name, mount }) =>
    Object.entries(mount.files).map(([file, content]) => {
      const parts = typeof content === "string" ? [content] : content.parts;
      const texts = parts.map((part) => {
        if (typeof part === "string") return part;
        return "generated" in part
          ? value(`generated/${part.generated}`)
          : value(`declared/${part.declared}`);
      });
      return [`${namespace}/${name}/${file}`, texts.join("")] as const;
    }),
  );
  assert.deepEqual(made, new Map([...applied, ...expected].sort(([a], [b]) => (a < b ? -1 : 1))));
  assert.equal(value("declared/token"), "the value of secrets:token's");
  const passwords = ["postgres-superuser", "postgres-app", "redis"].map((name) =>
    value(`generated/${name}`),
  );
  assert.equal(new Set(passwords).size, passwords.length);
  assert.deepEqual(run("second"), made);
});

test("prod's guide names no value either", () => {
  const text = renderFiles(projectCluster("prod")).find(({ path: name }) => name === "SECRETS.md");
  assert.doesNotMatch(text?.text ?? "", /\[secret\]|undefined|\[object/);
});
