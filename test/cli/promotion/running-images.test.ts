import assert from "node:assert/strict";
import { test } from "node:test";
import { type ImageContainer, runningImages as onDocker } from "../../../cli/docker/running-images";
import { runningImages as inCluster } from "../../../cli/kubernetes/running-images";
import { FakeCluster, list } from "../kubernetes/fake-cluster";
import { IMAGE, NAMESPACE, pod } from "../kubernetes/pod";

const STACK = { project: "whalewatch", name: "try" };
const DIGEST = `sha256:${"a".repeat(64)}`;

test("on Docker: what runs, by the id of its image, with the digests that the engine knows it by", async () => {
  const container = (workload: string, given: Partial<ImageContainer>): ImageContainer => ({
    ...{ Id: workload, Names: [], State: "running", Status: "", Ports: [] },
    ...{ Labels: { "whalewatch.workload": workload }, ImageID: "sha256:1", Created: 1_700_000_000 },
    ...given,
  });
  const inspected: string[] = [];
  const docker = {
    listContainers: () =>
      Promise.resolve([
        container("api", {}),
        container("web", { ImageID: "sha256:2", Created: 1_700_000_060 }),
        container("api", {}),
        container("files", { State: "created", ImageID: "sha256:3" }),
      ]),
    getImage: (id: string) => ({
      inspect: () => {
        inspected.push(id);
        return Promise.resolve({ RepoDigests: id === "sha256:1" ? [`a/b@${DIGEST}`] : null });
      },
    }),
  };
  const api = {
    ...{ workload: "api", image: "sha256:1", digests: [`a/b@${DIGEST}`] },
    since: new Date("2023-11-14T22:13:20Z"),
  };
  const web = {
    ...{ workload: "web", image: "sha256:2", digests: [] },
    since: new Date("2023-11-14T22:14:20Z"),
  };
  assert.deepEqual(await onDocker(docker, STACK), [api, web, api]);
  assert.deepEqual(inspected, ["sha256:1", "sha256:2"], "each image is asked about once");
});

for (const [imageID, digests] of [
  [`registry.example.com/api@${DIGEST}`, [`registry.example.com/api@${DIGEST}`]],
  [`docker-pullable://registry.example.com/api@${DIGEST}`, [`registry.example.com/api@${DIGEST}`]],
  [DIGEST, []],
  ["", []],
] as const) {
  test(`in a cluster: a node's "${imageID}" is ${digests.length} digest`, async () => {
    const pods = list(
      pod({ name: "api-1", workload: "api", imageID, readyAfter: 1 }),
      pod({ name: "gone", workload: "api", imageID, deleted: true }),
      pod({ name: "new", workload: "api", imageID, phase: "Pending" }),
    );
    const api = new FakeCluster({ [`/api/v1/namespaces/${NAMESPACE}/pods`]: pods });
    assert.deepEqual(await inCluster(api, STACK, [NAMESPACE]), [
      { workload: "api", image: IMAGE, digests, since: new Date("2026-11-23T10:00:00Z") },
    ]);
  });
}
