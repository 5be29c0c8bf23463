import * as grpc from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { stripVTControlCharacters } from "node:util";
import { type Service, unary } from "./grpc-server";
import { type Diagnostic } from "./program-run";

/** The engine as the SDK sees it: it takes log lines and remembers the stack's URN. */
export function engineService(onLog: (diagnostic: Diagnostic) => void): Service {
  let root = "";
  const server: grpc.IEngineServer = {
    log: unary((request: messages.LogRequest) => {
      const diagnostic = toDiagnostic(request);
      if (diagnostic !== undefined) onLog(diagnostic);
      return new Empty();
    }),
    getRootResource: unary(() => new messages.GetRootResourceResponse().setUrn(root)),
    setRootResource: unary((request: messages.SetRootResourceRequest) => {
      root = request.getUrn();
      return new messages.SetRootResourceResponse();
    }),
    startDebugging: unary(() => new Empty()),
    // There is no CLI whose version could be too low: the SDK's own is the one that counts.
    requirePulumiVersion: unary(() => new messages.RequirePulumiVersionResponse()),
  };
  return [grpc.EngineService, server];
}

/** Debug lines are the SDK's, hold the values of secrets, and are shown to nobody: they are dropped. */
function toDiagnostic(request: messages.LogRequest): Diagnostic | undefined {
  const severity = severityOf(request.getSeverity());
  if (severity === undefined) return undefined;
  const urn = request.getUrn();
  const message = stripVTControlCharacters(request.getMessage());
  return { severity, message, source: "log", ...(urn !== "" && { urn }) };
}

function severityOf(severity: messages.LogSeverity): Diagnostic["severity"] | undefined {
  switch (severity) {
    case messages.LogSeverity.DEBUG:
      return undefined;
    case messages.LogSeverity.INFO:
      return "info";
    case messages.LogSeverity.WARNING:
      return "warning";
    case messages.LogSeverity.ERROR:
      return "error";
  }
}
