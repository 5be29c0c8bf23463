import { z } from "zod";
import { exportedStack } from "../pulumi/exported-stack";
import type { PulumiCli } from "../pulumi/pulumi-cli";

/** What stands for a secret wherever one would be shown. */
export const MASKED = "[secret]";

/** Key by which a state tells special values from plain ones, and the signature of a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const exportSchema = exportedStack(
  z.object({
    urn: z.string(),
    type: z.string(),
    id: z.string().optional(),
    inputs: z.record(z.string(), z.unknown()).default({}),
  }),
);

/** A resource as the last update made it. */
export interface DeclaredResource {
  readonly urn: string;
  readonly type: string;
  /** The last part of the URN. */
  readonly name: string;
  /** The provider's; absent for a component. */
  readonly id: string | undefined;
  /** Plain values, secrets among them: never to be shown. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The same with each secret masked. */
  readonly shownInputs: Readonly<Record<string, unknown>>;
  /** Inputs that are secret or hold a secret. */
  readonly secretInputs: ReadonlySet<string>;
}

/**
 * What the last update of a stack declared, with its secrets, to compare with what is there.
 * @throws UserError when Pulumi does not know the stack, or cannot decrypt its secrets.
 */
export function readDeclared(pulumi: Pick<PulumiCli, "read">, stack: string): DeclaredResource[] {
  const text = pulumi.read(["stack", "export", "--show-secrets", "--stack", stack]);
  return exportSchema.parse(JSON.parse(text)).resources.map(({ urn, type, id, inputs }) => ({
    urn,
    type,
    name: urn.split("::").at(-1) ?? urn,
    id,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [key, plain(value, revealed)]),
    ),
    shownInputs: Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [key, plain(value, () => MASKED)]),
    ),
    secretInputs: new Set(
      Object.keys(inputs).filter((key) => JSON.stringify(inputs[key]).includes(SECRET)),
    ),
  }));
}

/** A state's secret as plain text holds its value as JSON. */
function revealed(plaintext: unknown): unknown {
  return typeof plaintext === "string" ? plain(JSON.parse(plaintext), revealed) : MASKED;
}

function plain(value: unknown, ofSecret: (plaintext: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => plain(entry, ofSecret));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const fields: Record<string, unknown> = Object.fromEntries(entries);
  if (fields[SIGNATURE] === SECRET) return ofSecret(fields["plaintext"]);
  return Object.fromEntries(entries.map(([key, entry]) => [key, plain(entry, ofSecret)]));
}
