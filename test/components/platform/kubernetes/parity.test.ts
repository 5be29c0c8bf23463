import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { renderFiles } from "../../../../cli/commands/render";
import { clusterStack } from "../../../support/cluster";
import { PROJECT_DIRECTORY } from "../../../support/declared-stack";
import { filesBelow } from "../../../support/files-below";
import { platformsPage, TABLES } from "../../../support/parity/platforms-page";
import { serviceKeys, stackKeys } from "../../../support/parity/setting-keys";
import { SETTING_ROWS } from "../../../support/parity/setting-rows";
import { SERVICE_ROWS } from "../../../support/parity/workload-rows";
import { service } from "../../../support/stack-settings";

const PAGE = path.join(PROJECT_DIRECTORY, "docs/platforms.md");

test("docs/platforms.md is what the rows say (UPDATE_GOLDEN=1 writes it anew)", async () => {
  const text = await platformsPage();
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(PAGE, text);
  assert.equal(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "", text);
});

test("every setting of a service has a row, and no row is of a setting that is gone", () => {
  assert.deepEqual(Object.keys(SERVICE_ROWS).sort(), serviceKeys().sort());
});

test("every other setting has a row, and no row is of a setting that is gone", () => {
  assert.deepEqual(Object.keys(SETTING_ROWS).sort(), stackKeys().sort());
});

/** All of the words that one may put in backticks for a platform: its code, and what it makes. */
function sources(platform: "docker" | "kubernetes"): string {
  const folders = [`components/platform/${platform}`, "components/platform", "cli", "model"];
  const code = folders.flatMap((folder) => [
    ...filesBelow(path.join(PROJECT_DIRECTORY, folder)).values(),
  ]);
  return [...code, ...(platform === "kubernetes" ? everything() : [])].join("\n");
}

/** The manifests of a stack that uses whatever there is. */
function everything(): string[] {
  const route = { kind: "ingress", className: "nginx", controllerNamespace: "ingress-nginx" };
  const stack = clusterStack(
    {
      services: {
        api: service({ host: "api.example.com", autoscale: { maxReplicas: 3 } }),
        kept: service({ volumes: { data: { path: "/data", storage: "1Gi" } }, secrets: ["a"] }),
      },
      redis: {},
      kubernetes: { route, storageClass: "fast", imagePullSecrets: ["login"] },
    },
    ["a"],
  );
  return renderFiles(stack).map(({ text }) => text);
}

for (const platform of ["docker", "kubernetes"] as const) {
  test(`what the page names in backticks for ${platform} exists in the code or in what it makes`, () => {
    const known = sources(platform);
    const missing = TABLES.flatMap(({ rows }) =>
      Object.entries(rows).flatMap(([feature, row]) =>
        [...row[platform].matchAll(/`([^`]+)`/g)]
          .flatMap(([, code = ""]) => code.match(/[A-Za-z][A-Za-z-]+/g) ?? [])
          .filter((word) => !known.includes(word))
          .map((word) => `${feature}: ${word}`),
      ),
    );
    assert.deepEqual(missing, []);
  });
}
