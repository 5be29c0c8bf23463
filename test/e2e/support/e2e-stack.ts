import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Document, isMap, parseDocument } from "yaml";

/** The stack that the live tests bring up and take down. */
export const STACK = "e2e";
/** Every host port of dev moves up by this, so that a dev stack may run beside the tests. */
export const PORT_SHIFT = 20_000;
/** The lab has no Grafana; its stand-in checks the wiring. Another image may be named here. */
const GRAFANA_IMAGE = process.env["WHALEWATCH_E2E_GRAFANA"] ?? "grafana/grafana:12.4.3-standin";
const FILE = `Pulumi.${STACK}.yaml`;

/** Dev's stack file on other ports, for changes by path. */
export class StackFileUnderTest {
  private document: Document;

  /** Begins anew, whatever an earlier run has left. */
  constructor() {
    StackFileUnderTest.remove();
    this.document = parseDocument(readFileSync("Pulumi.dev.yaml", "utf8"));
    this.shiftPorts();
    this.set(["whalewatch:grafana", "image"], GRAFANA_IMAGE);
  }

  /** Changes a value below `config` and writes the file. */
  set(path: readonly string[], value: unknown): void {
    this.change((document) => {
      // As a node, so that a later change may reach inside it.
      document.setIn(["config", ...path], document.createNode(value));
    });
  }

  /** Removes a key below `config` and writes the file. */
  delete(path: readonly string[]): void {
    this.change((document) => {
      document.deleteIn(["config", ...path]);
    });
  }

  /** Removes the file. */
  static remove(): void {
    rmSync(FILE, { force: true });
  }

  /** Changes the file as it is by now: Pulumi may have written to it, such as secrets. */
  private change(edit: (document: Document) => void): void {
    if (existsSync(FILE)) this.document = parseDocument(readFileSync(FILE, "utf8"));
    edit(this.document);
    writeFileSync(FILE, this.document.toString());
  }

  private shiftPorts(): void {
    const shift = (path: readonly string[]): void => {
      const port = this.document.getIn(path);
      if (typeof port === "number") this.document.setIn(path, port + PORT_SHIFT);
    };
    for (const program of ["prometheus", "grafana", "alertmanager"]) {
      shift(["config", `whalewatch:${program}`, "publish"]);
    }
    const services = this.document.getIn(["config", "whalewatch:services"]);
    if (!isMap(services)) throw new Error("Pulumi.dev.yaml has no services");
    for (const { key } of services.items) {
      shift(["config", "whalewatch:services", String(key), "publish"]);
    }
  }
}
