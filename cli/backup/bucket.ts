import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Client } from "minio";
import type { Say } from "../platforms/platform-access";
import { UserError } from "../user-error";
import { MANIFEST_FILE, readManifest } from "./manifest";

const DEFAULT_REGION = "us-east-1";
const URL_ALLOWED = "s3://BUCKET or s3://BUCKET/FOLDER";
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** How to reach a store, by the variables that AWS' own tools read. */
interface Store {
  readonly endpoint: URL;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken: string | undefined;
}

/** A folder in an S3-compatible store, such as `s3://backups/dev/20261126T023000Z`. */
export class Bucket {
  private client: Promise<Client> | undefined;

  private constructor(
    private readonly bucket: string,
    private readonly prefix: string,
    private readonly store: Store,
  ) {}

  /**
   * @throws UserError with all that is wrong: the URL, missing credentials, an endpoint that would
   * carry the data in the clear.
   */
  static at(url: string, environment: NodeJS.ProcessEnv = process.env): Bucket {
    const [, bucket = "", prefix = ""] =
      /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[\w.-]+)*)\/?$/.exec(url) ?? [];
    const region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? DEFAULT_REGION;
    const given = environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"];
    const endpoint = urlOf(given ?? `https://s3.${region}.amazonaws.com`);
    const accessKey = environment["AWS_ACCESS_KEY_ID"] ?? "";
    const secretKey = environment["AWS_SECRET_ACCESS_KEY"] ?? "";
    const problems = [
      ...(bucket === "" ? [`found ${url}; allowed: ${URL_ALLOWED}`] : []),
      ...(isSafe(endpoint)
        ? []
        : [`AWS_ENDPOINT_URL_S3: found ${given ?? ""}; allowed: an https URL of the store`]),
      ...(accessKey === "" ? ["AWS_ACCESS_KEY_ID: found nothing; allowed: the key's id"] : []),
      ...(secretKey === "" ? ["AWS_SECRET_ACCESS_KEY: found nothing; allowed: the key"] : []),
    ];
    if (problems.length > 0 || endpoint === undefined) {
      throw new UserError(["The store cannot be reached:", ...problems].join("\n  "));
    }
    const sessionToken = environment["AWS_SESSION_TOKEN"];
    const store = { endpoint, region, accessKey, secretKey, sessionToken };
    return new Bucket(bucket, prefix.slice(1), store);
  }

  /** A folder inside it. */
  inside(...names: readonly string[]): Bucket {
    const prefix = [this.prefix, ...names].filter((name) => name !== "").join("/");
    return new Bucket(this.bucket, prefix, this.store);
  }

  get url(): string {
    return `s3://${[this.bucket, this.prefix].filter((part) => part !== "").join("/")}`;
  }

  /**
   * Copies a finished backup there. Its manifest goes last: without one it is no backup.
   * @throws UserError when the store does not take it.
   */
  async upload(folder: string, say: Say): Promise<void> {
    const files = readdirSync(folder).filter((file) => file !== MANIFEST_FILE);
    for (const file of [...files.sort(), MANIFEST_FILE]) {
      const source = path.join(folder, file);
      await this.ask(file, (client, name) => client.fPutObject(this.bucket, name, source));
      say(`${file} is in ${this.url}`);
    }
  }

  /**
   * Copies a backup from there into a new folder.
   * @throws UserError when there is none, or the store does not give it.
   */
  async download(folder: string, interrupted: AbortSignal, say: Say): Promise<void> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fetch = (file: string): Promise<void> =>
      this.ask(file, (client, name) =>
        client.fGetObject(this.bucket, name, path.join(folder, file)),
      );
    await fetch(MANIFEST_FILE);
    for (const { file } of readManifest(folder).entries) {
      interrupted.throwIfAborted();
      await fetch(file);
      say(`${file} came from ${this.url}`);
    }
  }

  private async ask<T>(
    file: string,
    request: (client: Client, name: string) => Promise<T>,
  ): Promise<T> {
    const name = [this.prefix, file].filter((part) => part !== "").join("/");
    this.client ??= connect(this.store);
    const client = await this.client;
    return request(client, name).catch((error: unknown) => {
      const words = error instanceof Error ? error.message : String(error);
      throw new UserError(
        `${this.store.endpoint.origin} did not do what was asked with ${this.url}/${file}: ${words}`,
      );
    });
  }
}

/** Loaded once somebody needs it: it is large. */
async function connect(store: Store): Promise<Client> {
  const { Client: S3Client } = await import("minio");
  const { endpoint, region, accessKey, secretKey, sessionToken } = store;
  return new S3Client({
    endPoint: endpoint.hostname,
    ...(endpoint.port !== "" && { port: Number(endpoint.port) }),
    useSSL: endpoint.protocol === "https:",
    region,
    accessKey,
    secretKey,
    ...(sessionToken !== undefined && { sessionToken }),
  });
}

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** Data does not leave this machine in the clear. */
function isSafe(endpoint: URL | undefined): boolean {
  if (endpoint === undefined) return false;
  if (endpoint.protocol === "https:") return true;
  return endpoint.protocol === "http:" && LOOPBACK.includes(endpoint.hostname);
}
