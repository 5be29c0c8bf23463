import { type Canary } from "./canaries";
import { type EngineProblem } from "./engine-problem";
import { type Diagnostic, type ProgramResult, type RegisteredResource } from "./program-run";
import { describeUrn, STACK_TYPE } from "./urn";
import { AssetValue, isPlainObject } from "./wire-values";

type Searched = Pick<ProgramResult, "resources" | "outputs" | "diagnostics">;

/** A secret found in the plain: how it was encoded and where. */
interface Hit {
  readonly canary: Canary;
  readonly form: string;
  readonly path: string;
}

/** Looks for secrets everywhere outside values marked as secret; one problem per secret and place. */
export function findLeaks(result: Searched, canaries: readonly Canary[]): EngineProblem[] {
  if (canaries.length === 0) return [];
  return [
    ...result.resources.flatMap((resource) => resourceLeaks(resource, canaries)),
    ...search(result.outputs, "outputs", canaries).map((hit) => ({
      kind: "secret-leak" as const,
      message: `The stack shows ${phrase(hit)}. Wrap the output in pulumi.secret(…) or leave it out.`,
      path: hit.path,
      secret: hit.canary.label,
    })),
    ...result.diagnostics.flatMap((diagnostic) => logLeaks(diagnostic, canaries)),
  ];
}

function resourceLeaks(
  { urn, type, name, inputs, outputs }: RegisteredResource,
  canaries: readonly Canary[],
): EngineProblem[] {
  const hits = [
    ...search(name, "name", canaries),
    ...search(inputs, "inputs", canaries),
    ...(type === STACK_TYPE ? [] : search(outputs, "outputs", canaries)), // told as the stack's
  ];
  return hits.map((hit) => ({
    kind: "secret-leak",
    message: `${hit.path === "name" ? "A resource" : describeUrn(urn)} shows ${phrase(hit)}. Keep the value an Output that is secret, or hand it over as a file.`,
    urn,
    path: hit.path,
    secret: hit.canary.label,
  }));
}

function logLeaks(diagnostic: Diagnostic, canaries: readonly Canary[]): EngineProblem[] {
  const { urn, source } = diagnostic;
  return search(diagnostic.message, source, canaries).map((hit) => ({
    kind: "secret-leak",
    message: `The program prints ${phrase(hit)}. Take the value out of the message.`,
    path: hit.path,
    secret: hit.canary.label,
    ...(urn !== undefined && { urn }),
  }));
}

function phrase({ canary, form, path }: Hit): string {
  return `the secret '${canary.label}' at ${path}${form === "" ? "" : ` (${form})`}`;
}

function search(value: unknown, path: string, canaries: readonly Canary[]): Hit[] {
  if (typeof value === "string") return searchText(value, path, canaries);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => search(item, `${path}[${index}]`, canaries));
  }
  if (value instanceof AssetValue) return search(value.content, path, canaries);
  if (!isPlainObject(value)) return []; // numbers and the like, unknowns, and what is marked secret
  return Object.entries(value).flatMap(([key, item]) => {
    const inKey = searchText(key, `a key of ${path}`, canaries);
    return inKey.length > 0 ? inKey : search(item, memberPath(path, key), canaries);
  });
}

function memberPath(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function searchText(text: string, path: string, canaries: readonly Canary[]): Hit[] {
  return canaries.flatMap((canary) => {
    const found = canary.needles.find((needle) => text.includes(needle.text));
    return found === undefined ? [] : [{ canary, form: found.form, path }];
  });
}
