import assert from "node:assert/strict";
import { test } from "node:test";
import { canary } from "../../../../cli/engine/canaries";
import { projectStack } from "../../../support/declared-stack";
import { type ContainerArgs, containerArgsOf } from "../../../support/docker-args";
import {
  CONTAINER,
  generatedPasswords,
  placeEnvironment,
} from "../../../support/placed-environment";

const stacks = (["dev"] as const).map((name) => {
  const stack = projectStack(name);
  return { name, stack, placed: placeEnvironment(stack) };
});

/** What must hold for every container, whether it runs or only carries files. */
const rules: readonly [string, (args: ContainerArgs) => boolean][] = [
  ["has a memory limit", ({ memory }) => memory > 0],
  ["has no swap", ({ memory, memorySwap }) => memorySwap === memory],
  ["has a CPU limit", ({ cpus }) => /^\d+(\.\d+)?$/.test(cpus) && Number(cpus) > 0],
  ["runs as a numeric user that is not root", ({ user }) => /^[1-9]\d*:\d+$/.test(user)],
  [
    "gives up every capability",
    ({ capabilities }) => JSON.stringify(capabilities) === '{"drops":["ALL"]}',
  ],
  ["gains no privileges", ({ securityOpts }) => securityOpts.join() === "no-new-privileges:true"],
  [
    "rotates its log",
    ({ logDriver, logOpts }) =>
      logDriver === "json-file" && JSON.stringify(logOpts) === '{"max-file":"3","max-size":"10m"}',
  ],
  [
    "shares no network with the host",
    ({ networkMode }) => ["bridge", "none"].includes(networkMode),
  ],
  [
    "does not see the Docker socket",
    ({ mounts = [], volumes }) =>
      mounts.length === 0 && volumes.every(({ hostPath = "" }) => !/docker|\/run/.test(hostPath)),
  ],
  [
    "mounts the host read-only",
    ({ volumes }) =>
      volumes.every(({ hostPath, readOnly }) => hostPath === undefined || readOnly === true),
  ],
  [
    "publishes on the loopback alone",
    ({ ports = [] }) => ports.every(({ ip }) => ip === "127.0.0.1"),
  ],
  ["has an image known by its content", ({ image }) => /sha256:[0-9a-f]{64}$/.test(image)],
];

for (const { name, stack, placed } of stacks) {
  for (const [rule, holds] of rules) {
    test(`every container of ${name} ${rule}`, async () => {
      const containers = (await placed).ofType(CONTAINER);
      const carriers = stack.workloads.length - 1; // node-exporter needs no files
      assert.equal(containers.length, stack.workloads.length + carriers);
      const broken = containers.filter((container) => !holds(containerArgsOf(container)));
      assert.deepEqual(
        broken.map((container) => container.name),
        [],
      );
    });
  }

  test(`every container of ${name} can be found by its labels, also when the state forgot it`, async () => {
    for (const container of (await placed).ofType(CONTAINER)) {
      const workload = container.name.replace(/-(container|files)$/, "");
      assert.deepEqual(containerArgsOf(container).labels, [
        { label: "whalewatch.resource", value: container.name },
        { label: "whalewatch.stack", value: `whalewatch/${name}` },
        { label: "whalewatch.workload", value: workload },
      ]);
    }
  });

  test(`only node-exporter of ${name} mounts a directory of the host`, async () => {
    const mounts = (await placed)
      .ofType(CONTAINER)
      .flatMap((container) =>
        containerArgsOf(container).volumes.flatMap(({ hostPath }) =>
          hostPath === undefined ? [] : [[container.name, hostPath]],
        ),
      );
    assert.deepEqual(mounts, [["node-exporter-container", "/"]]);
  });

  test(`no password of ${name} shows outside the secret uploads`, async () => {
    const { resources } = await placed;
    const passwords = generatedPasswords(resources);
    assert.equal(passwords.size, 6);
    const visible = resources.map(({ name: resource, inputs, outputs, secretInputs }) =>
      JSON.stringify({
        resource,
        outputs,
        inputs: Object.entries(inputs).filter(([key]) => !secretInputs.includes(key)),
      }),
    );
    for (const [label, password] of passwords) {
      for (const { text, form } of canary(label, password).needles) {
        const leaks = visible.filter((registered) => registered.includes(text));
        assert.deepEqual(leaks, [], `${label} ${form}`);
      }
    }
  });

  test(`the secret inputs of ${name} are the uploads of what carries files, and nothing else`, async () => {
    const secret = (await placed).resources.flatMap(({ name: resource, secretInputs }) =>
      secretInputs.map((key) => `${resource}.${key}`),
    );
    assert.deepEqual(secret.sort(), [
      "efficientnet-v1-files.uploads",
      "efficientnet-v2-files.uploads",
      "grafana-files.uploads",
      "postgres-exporter-files.uploads",
      "postgres-files.uploads",
      "redis-exporter-files.uploads",
      "redis-files.uploads",
      "resnet-v1-files.uploads",
    ]);
  });

  test(`the files with passwords in ${name} can be read by their own user alone`, async () => {
    const environment = await placed;
    const passwords = [...generatedPasswords(environment.resources).values()];
    const open = environment.ofType(CONTAINER).flatMap((container) => {
      const { user, uploads = [] } = containerArgsOf(container);
      return uploads.flatMap(({ file, content, permissions, owner, group }) => {
        const holdsPassword = passwords.some((password) => content.includes(password));
        const expected = holdsPassword ? "0400" : "0444";
        const fits = permissions === expected && `${owner}:${group}` === user;
        return fits ? [] : [`${container.name}:${file} ${permissions} ${owner}:${group}`];
      });
    });
    assert.deepEqual(open, []);
  });
}
