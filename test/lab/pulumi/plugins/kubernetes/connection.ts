import { Api } from "./api";
import { Cluster } from "./cluster";
import { findTarget } from "./kubeconfig";
import { isNamespaced } from "./scope";
import type { Settings } from "./settings";

/** A provider's cluster, which may be out of reach: previews work without it. */
export class Connection {
  private constructor(
    readonly settings: Settings,
    private readonly reached: Api | undefined,
    /** Why the cluster cannot be reached, "" when it can. */
    readonly unreachable: string,
    /** The namespace of objects that name none. */
    readonly namespace: string,
  ) {}

  /** Looks for the cluster that the settings lead to. */
  static async open(settings: Settings): Promise<Connection> {
    let namespace = settings.namespace || "default";
    try {
      const target = findTarget(settings);
      namespace = target.namespace;
      const cluster = await Cluster.of(target.config);
      await cluster.call("GET", "/version");
      return new Connection(settings, new Api(cluster), "", namespace);
    } catch (error) {
      const reason = `unable to load schema information from the API server: ${messageOf(error)}`;
      return new Connection(settings, undefined, reason, namespace);
    }
  }

  /** The cluster's API, or undefined when it cannot be reached. */
  get api(): Api | undefined {
    return this.reached;
  }

  /** The cluster's API; throws when it cannot be reached. */
  get live(): Api {
    if (this.reached) return this.reached;
    throw new Error(`configured Kubernetes cluster is unreachable: ${this.unreachable}`);
  }

  /** Whether objects of a kind live in a namespace; a kind that nobody knows yet does. */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    const own = isNamespaced(apiVersion, kind);
    if (own !== undefined) return own;
    if (!this.reached || !(await this.reached.knows(apiVersion, kind))) return true;
    return this.reached.isNamespaced(apiVersion, kind);
  }
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
