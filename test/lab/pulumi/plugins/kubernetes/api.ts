import type { Properties } from "../protocol/values";
import { listAt, nameOf, namespaceOf, textAt, type ApiObject } from "./api-object";
import { isMissing, type Cluster } from "./cluster";

/** The API server knows no such kind. */
export class NoMatchError extends Error {
  constructor(apiVersion: string, kind: string) {
    super(`no matches for kind "${kind}" in version "${apiVersion}"`);
  }
}

/** How a write is made. */
export interface WriteOptions {
  manager: string;
  dryRun: boolean;
  force?: boolean;
}

/** A kind as the API serves it. */
interface Served {
  plural: string;
  namespaced: boolean;
}

/** Reads and writes objects of any kind that the API server knows. */
export class Api {
  private readonly groups = new Map<string, Promise<Map<string, Served>>>();

  constructor(private readonly cluster: Cluster) {}

  /** Creates an object; one of its name must not be there. */
  async create(object: ApiObject, { manager, dryRun }: WriteOptions): Promise<ApiObject> {
    const query = { fieldManager: manager, ...(dryRun && { dryRun: "All" }) };
    return this.cluster.call("POST", await this.path(object), { query, body: object });
  }

  /** Applies an object's fields in the name of a manager. */
  async apply(object: ApiObject, { manager, dryRun, force }: WriteOptions): Promise<ApiObject> {
    return this.cluster.call("PATCH", await this.path(object, nameOf(object)), {
      query: {
        fieldManager: manager,
        force: String(force ?? false),
        ...(dryRun && { dryRun: "All" }),
      },
      body: object,
      contentType: "application/apply-patch+yaml",
    });
  }

  /** Replaces an object as a whole. */
  async replace(object: ApiObject, { manager, dryRun }: WriteOptions): Promise<ApiObject> {
    const query = { fieldManager: manager, ...(dryRun && { dryRun: "All" }) };
    const path = await this.path(object, nameOf(object));
    return this.cluster.call("PUT", path, { query, body: object });
  }

  /** Changes an object with JSON patch operations. */
  async patch(object: ApiObject, operations: readonly Properties[]): Promise<ApiObject> {
    return this.cluster.call("PATCH", await this.path(object, nameOf(object)), {
      body: operations,
      contentType: "application/json-patch+json",
    });
  }

  /** The object as it is now. */
  async get(object: ApiObject): Promise<ApiObject> {
    return this.cluster.call("GET", await this.path(object, nameOf(object)));
  }

  /** The object as it is now, or undefined when it is gone or its kind is. */
  async find(object: ApiObject): Promise<ApiObject | undefined> {
    try {
      return await this.get(object);
    } catch (error) {
      if (isMissing(error) || error instanceof NoMatchError) return undefined;
      throw error;
    }
  }

  /** The objects of a kind in a namespace. */
  async list(apiVersion: string, kind: string, namespace: string): Promise<ApiObject[]> {
    const answer = await this.cluster.call(
      "GET",
      await this.path(blank(apiVersion, kind, namespace)),
    );
    return listAt(answer, "items");
  }

  /** Asks for an object's end; it may take its time. */
  async remove(object: ApiObject, propagationPolicy: string): Promise<void> {
    const path = await this.path(object, nameOf(object));
    await this.cluster.call("DELETE", path, { body: { propagationPolicy } });
  }

  /** Whether objects of a kind live in a namespace; throws where the server does not know the kind. */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.served(apiVersion, kind)).namespaced;
  }

  /** Whether the server knows a kind. */
  async knows(apiVersion: string, kind: string): Promise<boolean> {
    try {
      await this.served(apiVersion, kind);
      return true;
    } catch (error) {
      if (error instanceof NoMatchError) return false;
      throw error;
    }
  }

  private async path(object: ApiObject, name?: string): Promise<string> {
    const apiVersion = textAt(object, "apiVersion");
    const { plural, namespaced } = await this.served(apiVersion, textAt(object, "kind"));
    const space = namespaced ? ["namespaces", namespaceOf(object) || "default"] : [];
    const steps = [...space, plural, ...(name === undefined ? [] : [name])];
    return `${root(apiVersion)}/${steps.map(encodeURIComponent).join("/")}`;
  }

  private async served(apiVersion: string, kind: string): Promise<Served> {
    for (const fresh of [false, true]) {
      const known = fresh ? undefined : this.groups.get(apiVersion);
      const asked = known ?? this.discover(apiVersion);
      this.groups.set(apiVersion, asked);
      const found = (await asked.catch((error: unknown) => this.forget(apiVersion, error))).get(
        kind,
      );
      if (found) return found;
      if (known === undefined) break;
    }
    throw new NoMatchError(apiVersion, kind);
  }

  private forget(apiVersion: string, error: unknown): never {
    this.groups.delete(apiVersion);
    throw error;
  }

  private async discover(apiVersion: string): Promise<Map<string, Served>> {
    try {
      const answer = await this.cluster.call("GET", root(apiVersion));
      const own = listAt(answer, "resources").filter((each) => !textAt(each, "name").includes("/"));
      return new Map(
        own.map((each) => [
          textAt(each, "kind"),
          { plural: textAt(each, "name"), namespaced: each["namespaced"] === true },
        ]),
      );
    } catch (error) {
      if (isMissing(error)) return new Map();
      throw error;
    }
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function blank(apiVersion: string, kind: string, namespace: string): ApiObject {
  return { apiVersion, kind, metadata: { namespace } };
}
