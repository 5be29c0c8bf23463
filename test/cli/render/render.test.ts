import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { render, type RenderOptions } from "../../../cli/commands/render";
import { UserError } from "../../../cli/user-error";
import { PROJECT_DIRECTORY } from "../../support/declared-stack";
import { filesBelow } from "../../support/files-below";
import { temporaryFolder } from "../../support/temporary-folder";

const SERVICES = `  whalewatch:services:
    api: { image: "a/b:1", port: 80, limits: { memory: 64Mi, cpu: 0.1 }, secrets: [token] }
  secrets:token: { secure: AAABcanary }
`;
const PROJECT = {
  "Pulumi.yaml": "name: whalewatch\n",
  "Pulumi.dock.yaml": `config:\n${SERVICES}`,
  "Pulumi.kube.yaml": `config:\n  whalewatch:platform: kubernetes\n${SERVICES}`,
  "Pulumi.built.yaml": `config:\n${SERVICES.replace("port: 80", "build: { context: api }, port: 80")}`,
  "Pulumi.Loud.yaml": `config:\n${SERVICES}`,
};
const platform = "kubernetes";

/** Renders and returns what was printed. */
function rendered(context: TestContext, directory: string, options: RenderOptions): string {
  const log = context.mock.method(console, "log", () => undefined);
  try {
    render(directory, options);
    return log.mock.calls.map((call) => call.arguments.join(" ")).join("\n");
  } finally {
    log.mock.restore();
  }
}

test("two renders give the same bytes, also over one another", (context) => {
  const [first, second] = [temporaryFolder(context), temporaryFolder(context)];
  for (const out of [first, second, second]) {
    rendered(context, PROJECT_DIRECTORY, { stack: "prod", platform, out });
  }
  assert.deepEqual(filesBelow(second), filesBelow(first));
});

test("a stack for Docker and the same for Kubernetes render alike but for their names", (context) => {
  const directory = temporaryFolder(context, PROJECT);
  const said = rendered(context, directory, { stack: "dock", platform });
  rendered(context, directory, { stack: "kube" });
  assert.match(
    said,
    /^\d+ files, \d+ KiB, in out\/dock-kubernetes\. First make the Secrets that out\/dock-kubernetes\/SECRETS\.md lists, then: kubectl apply --server-side -k out\/dock-kubernetes$/,
  );
  // Prometheus' labels and the digests of its files tell the environments apart.
  const [dock, kube] = ["dock", "kube"].map((stack) =>
    [...filesBelow(path.join(directory, `out/${stack}-kubernetes`)).keys()].map((name) =>
      name.replace(`whalewatch-${stack}`, "whalewatch-it").replace(/-[0-9a-f]{10}\.yaml$/, ".yaml"),
    ),
  );
  assert.deepEqual(dock, kube);
});

test("an encrypted value of the stack file reaches no file", (context) => {
  const directory = temporaryFolder(context, PROJECT);
  rendered(context, directory, { stack: "kube", out: "out" });
  for (const [name, text] of filesBelow(path.join(directory, "out"))) {
    assert.doesNotMatch(text, /canary/, name);
  }
});

test("a later render takes away the manifests of what is no longer declared", (context) => {
  const directory = temporaryFolder(context, PROJECT);
  rendered(context, directory, { stack: "kube", out: "out" });
  const more = PROJECT["Pulumi.kube.yaml"].replace("api:", "renamed:");
  writeFileSync(path.join(directory, "Pulumi.kube.yaml"), more);
  rendered(context, directory, { stack: "kube", out: "out" });
  const names = [...filesBelow(path.join(directory, "out")).keys()];
  assert.deepEqual(
    names.filter((name) => /-api\.yaml$/.test(name)),
    [],
  );
  assert.ok(names.some((name) => name.endsWith("-deployment-renamed.yaml")));
});

const refusals: readonly (readonly [string, RenderOptions, RegExp])[] = [
  [
    "a stack for Docker without --platform",
    { stack: "dock" },
    /^Pulumi\.dock\.yaml is not for Kubernetes\. Add --platform kubernetes to render it all the same\.$/,
  ],
  [
    "another platform",
    { stack: "kube", platform: "docker" },
    /^--platform: found docker; allowed: kubernetes, /,
  ],
  [
    "a setting that Kubernetes has not",
    { stack: "built", platform },
    /^Pulumi\.built\.yaml has 1 problem; nothing was created\.\n {2}whalewatch:services\.api\.build: found a build of api on Kubernetes; allowed: /,
  ],
  [
    "a stack's name that makes no namespace",
    { stack: "Loud", platform },
    /with the namespace whalewatch-Loud-services; allowed: /,
  ],
  [
    "a file as the folder",
    { stack: "kube", out: "Pulumi.yaml" },
    /^--out: found \S+Pulumi\.yaml, which cannot be written to \(it is a file\); allowed: a new or empty folder\.$/,
  ],
  [
    "a folder below a file",
    { stack: "kube", out: "Pulumi.yaml/out" },
    /^--out: found \S+Pulumi\.yaml\/out, which cannot be written to \(ENOTDIR: .*\); allowed: a new or empty folder\.$/,
  ],
  [
    "an unknown stack",
    { stack: "none", platform },
    /^No stack file Pulumi\.none\.yaml\. There are: /,
  ],
];

for (const [what, options, message] of refusals) {
  test(`${what} is refused with the reason, and nothing is written`, (context) => {
    const directory = temporaryFolder(context, PROJECT);
    assert.throws(
      () => rendered(context, directory, options),
      (error) => error instanceof UserError && message.test(error.message),
    );
    assert.equal(existsSync(path.join(directory, "out")), false);
  });
}

for (const [what, found] of [
  ["a project", "Pulumi.yaml"],
  ["a folder called manifests", "manifests/mine.yaml"],
  ["somebody's kustomization", "kustomization.yaml"],
] as const) {
  test(`a folder with ${what} in it is refused and left as it is`, (context) => {
    const directory = temporaryFolder(context, PROJECT);
    const out = temporaryFolder(context, { [found]: "mine\n" });
    assert.throws(() => rendered(context, directory, { stack: "kube", out }), {
      message: `${out} holds something else, such as ${found.split("/")[0] ?? ""}. Choose a new or empty folder with --out.`,
    });
    assert.deepEqual(filesBelow(out), new Map([[found, "mine\n"]]));
  });
}

for (const added of ["notes.txt", "manifests/mine.yaml"]) {
  test(`a render with ${added} added by hand is refused until it is moved away`, (context) => {
    const directory = temporaryFolder(context, PROJECT);
    const out = path.join(directory, "out");
    rendered(context, directory, { stack: "kube", out });
    writeFileSync(path.join(out, added), "mine\n");
    assert.throws(() => rendered(context, directory, { stack: "kube", out }), {
      message: `${out} holds something else, such as ${added}. Choose a new or empty folder with --out.`,
    });
    rmSync(path.join(out, added));
    rendered(context, directory, { stack: "kube", out });
  });
}
