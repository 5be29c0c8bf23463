import type { Checked, Failure } from "../protocol/check";
import type { CheckContext } from "../protocol/resource";
import type { Properties } from "../protocol/values";
import { annotationOf, namespaceOf, objectAt, textAt, withMetadata } from "./api-object";
import type { Connection } from "./connection";
import { withoutServerFields } from "./diff";
import { withObjectName } from "./name";

/** Annotations that upstream obeys and the stand-in does not simulate. */
const REFUSED = ["pulumi.com/replaceUnready", "pulumi.com/patchFieldManager"];

/** Completes an object's inputs: a name where there is none, and a namespace where one is needed. */
export async function checkObject(
  news: Properties,
  context: CheckContext,
  connection: Connection,
): Promise<Checked> {
  const failures: Failure[] = REFUSED.filter((key) => annotationOf(news, key) !== "").map(
    (key) => ({
      property: `metadata.annotations["${key}"]`,
      reason: "the test plugin does not simulate it: leave it out",
    }),
  );
  if (objectAt(news, "metadata")["generateName"] !== undefined) {
    const reason = "the `.metadata.generateName` field is not supported in Server-Side Apply mode";
    failures.push({ property: "metadata.generateName", reason });
  }
  const named = withObjectName(withoutServerFields(news), context);
  const [apiVersion, kind] = [textAt(news, "apiVersion"), textAt(news, "kind")];
  const needsNamespace =
    namespaceOf(named) === "" && (await connection.isNamespaced(apiVersion, kind));
  const inputs = needsNamespace ? withMetadata(named, { namespace: connection.namespace }) : named;
  return { inputs, failures };
}
