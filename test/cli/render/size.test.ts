import assert from "node:assert/strict";
import { test } from "node:test";
import { renderFiles } from "../../../cli/commands/render";
import { entriesOf, projectCluster } from "../../support/cluster";
import { projectFile, rawFromYaml } from "../../support/stack-settings";

/** So much can be read in a review. */
const MOST_BYTES = 600_000;

test("prod with ten services, each with all that prod's own have, renders to less than 600 KB", () => {
  const { services } = rawFromYaml(projectFile("Pulumi.prod.yaml"), "prod").values;
  const [[, declared] = []] = entriesOf(services);
  const ten = Array.from({ length: 10 }, (_, index) => [
    `service-${index + 1}`,
    { ...Object.fromEntries(entriesOf(declared)), host: `service-${index + 1}.example.com` },
  ]);
  const files = renderFiles(
    projectCluster("prod", { services: Object.fromEntries(ten) as unknown }),
  );
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  assert.equal(files.filter(({ path }) => path.includes("-ingress-service-")).length, 10);
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes`);
});
