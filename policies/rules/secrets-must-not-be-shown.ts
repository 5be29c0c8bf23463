import { looksSecret } from "../../model/settings/secret-checks";
import type { ShownText } from "../containers/container-view";
import { containersOf } from "../containers/containers-of";
import type { Field } from "../field";
import {
  attempt,
  fieldsOf,
  type KnownSecret,
  type PolicyResource,
  type Report,
  type ResourcePolicy,
  titleOf,
} from "../policy";
import { randomWords, secretFormat } from "../secret-formats";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const STACK = "pulumi:pulumi:Stack";

/** Where an object has labels, with what they are called: its own, and those of the pods that it makes. */
const METADATA = [
  [""],
  ["pod's ", "spec", "template"],
  ["pod's ", "spec", "jobTemplate", "spec", "template"],
] as const;

/** Whoever may look at a container, or at the state, would read it: secrets travel as files. */
export const secretsMustNotBeShown: ResourcePolicy = {
  name: "secrets-must-not-be-shown",
  description:
    "No environment variable, command, health check, label, ConfigMap or plain output holds a secret.",
  remedy:
    'Keep it with "pulumi config set --secret secrets:NAME" and name it in the service\'s secrets; change it wherever it was shown.',
  level: "mandatory",
  scope: "resource",
  check: (resource, { secrets }, report) => {
    for (const container of containersOf(resource)) {
      attempt(report, () => {
        for (const shown of container.shown) {
          judge(shown, `${shown.place} of ${container.title}`, secrets, report);
        }
      });
    }
    for (const label of labelsOf(resource)) {
      attempt(report, () => {
        const text = label.field.text ?? "";
        judge(
          { place: label.place, name: label.name, text },
          `${label.place} of ${titleOf(resource)}`,
          secrets,
          report,
        );
      });
    }
    checkLongTexts(resource, secrets, report);
  },
};

/** One complaint a place: the surest first. The secret itself is never part of it. */
function judge(
  { name, text }: ShownText,
  where: string,
  secrets: readonly KnownSecret[],
  report: Report,
): void {
  const known = secrets.find(({ value }) => text.includes(value));
  const format = secretFormat(text);
  if (known !== undefined) report(`The ${where} shows the secret ${known.label}.`);
  else if (format !== undefined) report(`The ${where} shows ${format}.`);
  else if (name !== undefined && looksSecret(name) && text !== "") {
    report(`The ${where} has the name of a secret, and its value in the open.`);
  } else if (randomWords(text).length > 0) {
    report(`The ${where} has a value as random as a password or a token.`);
  }
}

/**
 * Files are long and full of numbers, so only what is certain counts there; likewise in the outputs
 * that are not marked as secret. (Pulumi asks of the stack before it has outputs: a plan sees them.)
 */
function checkLongTexts(
  resource: PolicyResource,
  secrets: readonly KnownSecret[],
  report: Report,
): void {
  const fields = fieldsOf(resource);
  const texts =
    resource.type === CONFIG_MAP
      ? ["data", "binaryData"].flatMap((part) => textsIn(fields.at(part)))
      : resource.type === STACK
        ? textsIn(fields)
        : [];
  for (const { path, text } of texts) {
    const known = secrets.find(({ value }) => text.includes(value));
    const format = secretFormat(text);
    const shows = known === undefined ? format : `the secret ${known.label}`;
    if (shows !== undefined) report(`${titleOf(resource)} shows ${shows} in ${path}.`);
  }
}

/** Every text below a field that is known, with its path. */
function textsIn(field: Field): { readonly path: string; readonly text: string }[] {
  if (field.isUnknown) return [];
  const { text } = field;
  if (text !== undefined) return [{ path: field.path, text }];
  return [...field.list, ...field.members.map(([, member]) => member)].flatMap(textsIn);
}

interface Label {
  readonly place: string;
  readonly name: string;
  readonly field: Field;
}

function labelsOf(resource: PolicyResource): Label[] {
  const fields = fieldsOf(resource);
  const label = (kind: string, name: string, field: Field): Label => ({
    place: `${kind} ${name}`,
    name,
    field,
  });
  if (resource.type.startsWith("docker:")) {
    const labels = fields.at("labels");
    if (labels.isUnknown) return [];
    return labels.list.map((each) => label("label", each.at("label").text ?? "", each.at("value")));
  }
  if (!resource.type.startsWith("kubernetes:")) return [];
  return METADATA.flatMap(([of, ...path]) =>
    ["labels", "annotations"].flatMap((kind) => {
      const members = fields.at(...path, "metadata", kind);
      if (members.isUnknown) return [];
      const place = `${of}${kind.replace(/s$/, "")}`;
      return members.members.map(([name, field]) => label(place, name, field));
    }),
  );
}
