import * as grpc from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { today } from "../../policies/evaluate";
import { type Finding, findInResource, findInStack } from "../../policies/findings";
import { judge, levelOf, type Violation } from "../../policies/judgement";
import { POLICIES } from "../../policies/policies";
import type { Policy, PolicyContext, PolicyResource } from "../../policies/policy";
import type { PolicyLevel } from "../../model/policy-names";
import { VERSION } from "../../model/version";
import { type Service, unary } from "../engine/grpc-server";
import { decodeProperties } from "../engine/wire-values";
import { policyResource } from "../plan/policy-resources";
import { contextOf } from "./context-of";

const PACK = "whalewatch";
const LEVELS: Readonly<Record<PolicyLevel, messages.EnforcementLevel>> = {
  mandatory: messages.EnforcementLevel.MANDATORY,
  advisory: messages.EnforcementLevel.ADVISORY,
};

/**
 * The policies as Pulumi's engine asks them (pulumi/analyzer.proto). Pulumi's own SDK for packs,
 * @pulumi/policy 1.21, drops the stack's configuration, which says what holds and what is excepted.
 */
export function analyzerService(): Service {
  let context: PolicyContext | undefined;
  const known = (): PolicyContext => {
    if (context !== undefined) return context;
    throw new Error(
      "Pulumi did not tell these policies the stack's configuration: they need a CLI of 3.230 or newer.",
    );
  };
  const server: grpc.IAnalyzerServer = {
    handshake: unary(() => new messages.AnalyzerHandshakeResponse()),
    getPluginInfo: unary(() => new PluginInfo().setVersion(VERSION)),
    getAnalyzerInfo: unary(analyzerInfo),
    configure: unary(() => new Empty()),
    configureStack: unary((request: messages.AnalyzerStackConfigureRequest) => {
      context = contextOf(request);
      return new messages.AnalyzerStackConfigureResponse();
    }),
    analyze: unary((request: messages.AnalyzeRequest) => {
      const resource = askedResource(request);
      return answer(known(), (policy, about) =>
        policy.scope === "resource" ? findInResource(policy, resource, about) : [],
      );
    }),
    analyzeStack: unary((request: messages.AnalyzeStackRequest) => {
      const resources = request.getResourcesList().map(askedResource);
      return answer(known(), (policy, about) =>
        policy.scope === "stack" ? findInStack(policy, resources, about) : [],
      );
    }),
    remediate: unary(() => new messages.RemediateResponse()),
    cancel: unary(() => new Empty()),
  };
  return [grpc.AnalyzerService, server];
}

function askedResource(asked: messages.AnalyzeRequest | messages.AnalyzerResource): PolicyResource {
  const properties = decodeProperties(asked.getProperties()?.toJavaScript() ?? {});
  return policyResource({
    urn: asked.getUrn(),
    type: asked.getType(),
    name: asked.getName(),
    protect: asked.getOptions()?.getProtect() ?? false,
    inputs: properties,
    outputs: properties,
  });
}

function answer(
  context: PolicyContext,
  find: (policy: Policy, context: PolicyContext) => readonly Finding[],
): messages.AnalyzeResponse {
  const { stack } = context;
  const response = new messages.AnalyzeResponse();
  for (const policy of POLICIES) {
    const level = levelOf(policy, stack.settings.policies);
    if (level === undefined) continue;
    for (const finding of find(policy, context)) {
      const judgement = judge(policy, level, finding, stack, today());
      if (judgement.kind === "excepted") continue;
      response.addDiagnostics(diagnostic(policy, judgement.violation));
    }
  }
  return response;
}

function diagnostic(
  { description }: Policy,
  { policy, level, message, remedy, urn }: Violation,
): messages.AnalyzeDiagnostic {
  return new messages.AnalyzeDiagnostic()
    .setPolicyname(policy)
    .setPolicypackname(PACK)
    .setPolicypackversion(VERSION)
    .setDescription(description)
    .setMessage(`${message}\n${remedy}`)
    .setEnforcementlevel(LEVELS[level])
    .setUrn(urn ?? "");
}

/** What the pack holds, at the levels that hold where a stack says nothing else. */
function analyzerInfo(): messages.AnalyzerInfo {
  const info = new messages.AnalyzerInfo();
  info.setName(PACK);
  info.setDisplayname(PACK);
  info.setVersion(VERSION);
  info.setSupportsconfig(false);
  info.setPoliciesList(
    POLICIES.map(({ name, description, level, scope }) =>
      new messages.PolicyInfo()
        .setName(name)
        .setDescription(description)
        .setEnforcementlevel(LEVELS[level])
        .setPolicyType(
          scope === "stack"
            ? messages.PolicyType.POLICY_TYPE_STACK
            : messages.PolicyType.POLICY_TYPE_RESOURCE,
        ),
    ),
  );
  return info;
}
