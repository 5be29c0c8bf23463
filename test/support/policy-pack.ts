import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { PROJECT_DIRECTORY } from "./declared-stack";

/** Stands on the wire for a text that only an update can know. */
export const WIRE_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource as the engine sends it. */
export interface SentResource {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, JavaScriptValue>>;
  readonly protect?: boolean;
}

/** What a pack says: policy, level, message. */
export type Said = readonly [policy: string, level: "advisory" | "mandatory", message: string];

/** Starts the pack as Pulumi's language host does. */
function spawnPack(): ChildProcess {
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const engine = "127.0.0.1:1"; // it is told and never called
  return spawn(process.execPath, [runner, engine, "policies/pack"], {
    cwd: PROJECT_DIRECTORY,
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The real pack, asked by the engine's own protocol. */
export class RunningPack {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  static async start(): Promise<RunningPack> {
    const child = spawnPack();
    if (child.stdout === null) throw new Error("the pack has no output");
    const port = await new Promise<string>((resolve, reject) => {
      if (child.stdout) createInterface({ input: child.stdout }).once("line", resolve);
      child.once("exit", (code) => {
        reject(new Error(`the pack ended with ${String(code)} before it told its port`));
      });
    });
    const address = `127.0.0.1:${port}`;
    return new RunningPack(child, new AnalyzerClient(address, grpc.credentials.createInsecure()));
  }

  async stop(): Promise<void> {
    this.client.close();
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }

  /** Tells it of the stack `try` and its configuration; keys in the namespace `secrets` are secret. */
  async configure(config: Readonly<Record<string, string>>): Promise<void> {
    const request = new messages.AnalyzerStackConfigureRequest();
    request.setProject("whalewatch");
    request.setStack("try");
    for (const [key, value] of Object.entries(config)) request.getConfigMap().set(key, value);
    const secretKeys = Object.keys(config).filter((key) => key.startsWith("secrets:"));
    request.setConfigSecretKeysList(secretKeys);
    await call((done) => this.client.configureStack(request, done));
  }

  /** The policies that it serves, with their levels. */
  async policies(): Promise<Map<string, string>> {
    const info = await call<messages.AnalyzerInfo>((done) =>
      this.client.getAnalyzerInfo(new Empty(), done),
    );
    return new Map(
      info
        .getPoliciesList()
        .map((policy) => [policy.getName(), levelName(policy.getEnforcementlevel())]),
    );
  }

  /** What it says of a resource before it is touched. */
  async analyze(resource: SentResource): Promise<Said[]> {
    const request = new messages.AnalyzeRequest();
    request.setType(resource.type);
    request.setName(resource.name);
    request.setUrn(urnOf(resource));
    request.setProperties(Struct.fromJavaScript({ ...resource.properties }));
    request.setOptions(optionsOf(resource));
    return said(await call((done) => this.client.analyze(request, done)));
  }

  /** What it says of all resources at the end. */
  async analyzeStack(resources: readonly SentResource[]): Promise<Said[]> {
    const request = new messages.AnalyzeStackRequest();
    for (const resource of resources) {
      const sent = new messages.AnalyzerResource();
      sent.setType(resource.type);
      sent.setName(resource.name);
      sent.setUrn(urnOf(resource));
      sent.setProperties(Struct.fromJavaScript({ ...resource.properties }));
      sent.setOptions(optionsOf(resource));
      request.addResources(sent);
    }
    return said(await call((done) => this.client.analyzeStack(request, done)));
  }
}

type Done<T> = (error: grpc.ServiceError | null, response: T) => void;

function call<T>(ask: (done: Done<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

const urnOf = ({ type, name }: SentResource): string =>
  `urn:pulumi:try::whalewatch::${type}::${name}`;

function optionsOf({ protect = false }: SentResource): messages.AnalyzerResourceOptions {
  const options = new messages.AnalyzerResourceOptions();
  options.setProtect(protect);
  return options;
}

function said(response: messages.AnalyzeResponse): Said[] {
  return response.getDiagnosticsList().map((found) => [
    found.getPolicyname(),
    levelName(found.getEnforcementlevel()),
    // Pulumi's SDK puts the description in front.
    found.getMessage().replace(`${found.getDescription()}\n`, ""),
  ]);
}

function levelName(level: messages.EnforcementLevel): "advisory" | "mandatory" {
  if (level === messages.EnforcementLevel.ADVISORY) return "advisory";
  if (level === messages.EnforcementLevel.MANDATORY) return "mandatory";
  throw new RangeError(`The pack has a level ${level} that the policies do not know.`);
}
