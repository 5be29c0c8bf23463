import { declaredSecretFile } from "../secrets";
import type { RawSettings } from "./raw-settings";
import { at, type Problem, show } from "./problem";
import type { ServiceSettings } from "./service";

const SECRET_NAME =
  /(?:PASSWORD|PASSWD|SECRET|TOKEN|(?:API|PRIVATE|SECRET|ACCESS)_?KEY|CREDENTIALS?)$/i;

/** Whether what bears this name is one that should not stand in plain text. */
export const looksSecret = (name: string): boolean => SECRET_NAME.test(name);

/** Secrets do not belong in a service's environment, where `docker inspect` shows them. */
export function checkEnvironment(name: string, { env }: ServiceSettings): Problem[] {
  return Object.keys(env)
    .filter(looksSecret)
    .map((variable) => ({
      setting: at(name, `env.${variable}`),
      found: "what looks like a secret in plain text",
      allowed: `a stack secret: "pulumi config set --secret secrets:NAME", then NAME in ${at(name, "secrets")}; the program reads the file named by NAME_FILE`,
    }));
}

/** A service names secrets that exist, and whose files do not hide one another. */
export function checkSecrets(name: string, service: ServiceSettings, raw: RawSettings): Problem[] {
  const undeclared = service.secrets
    .filter((secret) => !Object.hasOwn(raw.secrets, secret))
    .map((secret) => ({
      setting: at(name, "secrets"),
      found: `${show(secret)}, which the stack does not have`,
      allowed: `a name set with "pulumi config set --secret secrets:${secret}"`,
    }));
  return [...undeclared, ...checkSecretFiles(name, service)];
}

/** The file and variable by which a service gets a store's password. */
const STORE_PASSWORDS = [
  { store: "postgres", file: "postgres-app", variable: "POSTGRES_PASSWORD_FILE" },
  { store: "redis", file: "redis", variable: "REDIS_PASSWORD_FILE" },
] as const;

function checkSecretFiles(name: string, { needs, secrets }: ServiceSettings): Problem[] {
  const taken = new Map<string, string>();
  for (const { store, file, variable } of STORE_PASSWORDS) {
    if (!needs.includes(store)) continue;
    taken.set(file, `${store}'s password`).set(variable, `${store}'s password`);
  }
  return [...new Set(secrets)].flatMap((secret) => {
    const { file, variable } = declaredSecretFile(secret);
    const other = taken.get(file) ?? taken.get(variable);
    taken.set(file, show(secret)).set(variable, show(secret));
    if (other === undefined) return [];
    return [
      {
        setting: at(name, "secrets"),
        found: `${show(secret)}, whose file or variable ${variable} is also that of ${other}`,
        allowed: "a secret of another name",
      },
    ];
  });
}

/** Every `secrets:` key of the stack file is encrypted and holds something. */
export function checkStoredSecrets({ secrets }: RawSettings): Problem[] {
  return Object.entries(secrets).flatMap(([name, { encrypted, empty }]) => {
    const setting = `secrets:${name}`;
    const remedy = `a value set with "pulumi config set --secret ${setting}"`;
    if (!encrypted) return [{ setting, found: "a value in plain text", allowed: remedy }];
    return empty ? [{ setting, found: "an empty secret", allowed: remedy }] : [];
  });
}
