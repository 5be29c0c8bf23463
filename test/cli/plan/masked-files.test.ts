import assert from "node:assert/strict";
import { test } from "node:test";
import { maskedFiles } from "../../../cli/plan/masked-files";
import type { FileMount } from "../../../model/files";

const mount = (given: Pick<FileMount, "directory" | "files">): FileMount => ({
  name: "mount",
  sensitive: true,
  onChange: "replace",
  ...given,
});

test("every file is shown under its workload and path, a secret as [secret] and the rest as it is", () => {
  const files = new Map([
    [
      "api",
      [
        mount({
          directory: "/run/secrets",
          files: {
            password: { parts: [{ generated: "redis" }] },
            url: { parts: ["redis://:", { generated: "redis" }, "@redis/", { declared: "db" }] },
          },
        }),
        mount({ directory: "/etc/api/", files: { "plain.txt": "plain\n" } }),
      ],
    ],
    ["web", []],
  ]);
  assert.deepEqual(maskedFiles(files), [
    { workload: "api", path: "/run/secrets/password", text: "[secret]" },
    { workload: "api", path: "/run/secrets/url", text: "redis://:[secret]@redis/[secret]" },
    { workload: "api", path: "/etc/api/plain.txt", text: "plain\n" },
  ]);
});
