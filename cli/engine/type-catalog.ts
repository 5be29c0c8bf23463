import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { STACK_TYPE } from "./urn";

const PROVIDER_PREFIX = "pulumi:providers:";

/** Types that the engine itself provides. */
const builtinTypes = new Set([STACK_TYPE, "pulumi:pulumi:StackReference"]);

/**
 * Which resource types exist, told from the SDK packages the program has installed: the real engine
 * asks the provider plugin, which is not here. A package is read when its first resource comes.
 */
export class TypeCatalog {
  readonly #allowed: readonly string[];
  readonly #require: NodeJS.Require;
  readonly #types = new Map<string, ReadonlySet<string>>();

  constructor(directory: string, allowedPackages: readonly string[]) {
    this.#allowed = allowedPackages;
    this.#require = createRequire(path.join(directory, "package.json"));
  }

  /** What is wrong with the type token of a provider's resource; nothing when it exists. */
  fault(token: string): string | undefined {
    if (builtinTypes.has(token)) return undefined;
    const isProvider = token.startsWith(PROVIDER_PREFIX);
    const [first = "", module = "", ...rest] = token.split(":");
    const pkg = isProvider ? rest.join(":") : first;
    if (!isProvider && (module === "" || rest.length !== 1)) {
      return `The type '${token}' is not of the form package:module:Type.`;
    }
    if (!this.#allowed.includes(pkg)) {
      return `The type '${token}' is of the package '${pkg}', which is not among ${this.#allowed.join(", ")}.${didYouMean(pkg, this.#allowed)}`;
    }
    const types = this.#typesOf(pkg);
    if (types === undefined) {
      return `The type '${token}' needs the package @pulumi/${pkg}, which is not installed: npm install @pulumi/${pkg}.`;
    }
    if (isProvider || types.has(token)) return undefined;
    if (pkg === "kubernetes" && isCustomKind(module, types)) return undefined;
    return `The type '${token}' does not exist in @pulumi/${pkg}.${didYouMean(token, [...types])}`;
  }

  #typesOf(pkg: string): ReadonlySet<string> | undefined {
    const known = this.#types.get(pkg);
    if (known !== undefined) return known;
    const folder = this.#packageFolder(pkg);
    if (folder === undefined) return undefined;
    const types = new Set(indexFiles(folder).flatMap((file) => tokensIn(file, pkg)));
    this.#types.set(pkg, types);
    return types;
  }

  #packageFolder(pkg: string): string | undefined {
    try {
      return path.dirname(this.#require.resolve(`@pulumi/${pkg}/package.json`));
    } catch {
      return undefined;
    }
  }
}

/** Kubernetes kinds that a cluster defines itself have a group that the SDK does not know. */
function isCustomKind(module: string, types: ReadonlySet<string>): boolean {
  const group = module.split("/")[0] ?? "";
  return group.includes(".") && ![...types].some((type) => type.startsWith(`kubernetes:${group}/`));
}

/** SDKs list the types of a module in its index.js, for making resources from references. */
function tokensIn(file: string, pkg: string): string[] {
  const text = readFileSync(file, "utf8");
  const tokens = [...text.matchAll(/case "([^"]+)":/g)].map((match) => match[1] ?? "");
  return tokens.filter((token) => token.startsWith(`${pkg}:`));
}

function indexFiles(folder: string): string[] {
  const own = path.join(folder, "index.js");
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["node_modules", "types"].includes(entry.name))
    .flatMap((entry) => indexFiles(path.join(folder, entry.name)));
  return existsSync(own) ? [own, ...below] : below;
}

/** A hint to the nearest known name; empty when none is near enough to be meant. */
function didYouMean(found: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(found, known);
  const tolerated = Math.max(2, Math.floor(found.length / 4));
  return distance(found, nearest) <= tolerated ? ` Did you mean '${nearest}'?` : "";
}
