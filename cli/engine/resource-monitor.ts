import * as grpc from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Deployment } from "./deployment";
import { RefusedCallError, type Service, unary } from "./grpc-server";

/** What the monitor below really does; the SDK refuses the rest with a message of its own. */
const supportedFeatures = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
]);

/** The resource monitor as the SDK sees it, in front of the deployment that keeps the resources. */
export function resourceMonitorService(deployment: Deployment): Service {
  const refuse = (what: string, advice: string) => {
    const reason = `A dry run without provider plugins cannot ${what}. ${advice}`;
    deployment.report({ kind: "unsupported", message: reason });
    return new RefusedCallError(reason);
  };
  const server: grpc.IResourceMonitorServer = {
    supportsFeature: unary((request: messages.SupportsFeatureRequest) => {
      const response = new messages.SupportsFeatureResponse();
      response.setHassupport(supportedFeatures.has(request.getId()));
      return response;
    }),
    registerResource: unary((request: messages.RegisterResourceRequest) => {
      if (request.getRemote()) {
        const what = `build the remote component ${request.getType()} '${request.getName()}'`;
        throw refuse(what, "Use a component written in this program's language.");
      }
      if (request.getTransformsList().length > 0) {
        const what = `apply the transforms of ${request.getType()} '${request.getName()}'`;
        throw refuse(what, "Use `transformations`, which run in the program.");
      }
      const { urn, outputs } = deployment.register(request);
      const response = new messages.RegisterResourceResponse();
      response.setUrn(urn); // the id stays empty: it is unknown before the resource is made
      response.setObject(Struct.fromJavaScript(outputs));
      return response;
    }),
    registerResourceOutputs: unary((request: messages.RegisterResourceOutputsRequest) => {
      deployment.registerOutputs(request.getUrn(), properties(request.getOutputs()));
      return new Empty();
    }),
    readResource: unary((request: messages.ReadResourceRequest) => {
      const { urn, outputs } = deployment.read(request);
      const response = new messages.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(Struct.fromJavaScript(outputs));
      return response;
    }),
    invoke: unary((request: messages.ResourceInvokeRequest) => {
      const token = request.getTok();
      if (token !== "pulumi:pulumi:getResource") {
        throw refuse(`call ${token}`, "Take the value from the configuration instead.");
      }
      const { urn } = properties(request.getArgs());
      const state = typeof urn === "string" ? deployment.outputsOf(urn) : undefined;
      if (urn === undefined || state === undefined) {
        throw new Error(`No resource ${JSON.stringify(urn)} was registered.`);
      }
      const response = new InvokeResponse();
      response.setReturn(Struct.fromJavaScript({ urn, id: "", state }));
      return response;
    }),
    call: unary((request: messages.ResourceCallRequest) => {
      throw refuse(`call the method ${request.getTok()}`, "Do its work in the program.");
    }),
    registerStackTransform: unary(() => {
      throw refuse("apply stack transforms", "Use `registerStackTransformation`.");
    }),
    registerStackInvokeTransform: unary(() => {
      throw refuse("apply invoke transforms", "Change the arguments where the call is made.");
    }),
    registerResourceHook: unary((request: messages.RegisterResourceHookRequest) => {
      throw refuse(`run the hook '${request.getName()}'`, "Leave hooks out of the program.");
    }),
    registerErrorHook: unary((request: messages.RegisterErrorHookRequest) => {
      throw refuse(`run the error hook '${request.getName()}'`, "Leave hooks out of the program.");
    }),
    registerPackage: unary((request: messages.RegisterPackageRequest) => {
      throw refuse(`load the package '${request.getName()}'`, "Use a provider with its own SDK.");
    }),
    getDeploymentInfo: unary(() => {
      throw new RefusedCallError("The settings of this run are in the arguments of the program.");
    }),
    signalAndWaitForShutdown: unary(() => new Empty()),
  };
  return [grpc.ResourceMonitorService, server];
}

/** The properties of a message in wire form. */
export function properties(struct: Struct | undefined): Record<string, JavaScriptValue> {
  return struct?.toJavaScript() ?? {};
}
