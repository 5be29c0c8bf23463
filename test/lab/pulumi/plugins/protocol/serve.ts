import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { fromStruct, toDiff, toFailures, toServiceError, toStruct } from "./messages";
import { typeOf, type OperationContext, type Plugin, type ResourceType } from "./resource";
import { UNKNOWN, type Properties } from "./values";

/** How often an idle plugin looks whether the engine that started it is still there. */
const ORPHAN_CHECK_MS = 1000;

/** Serves a plugin to the engine: prints the port and stays until the engine ends it. */
export function serve(plugin: Plugin): void {
  let running = 0;
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });

  function unary<Request, Response>(answer: (request: Request) => Promise<Response> | Response) {
    return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
      running += 1;
      Promise.resolve()
        .then(() => answer(call.request))
        .then(
          (response) => reply(null, response),
          (error: unknown) => reply(toServiceError(error)),
        )
        .finally(() => (running -= 1));
    };
  }

  server.addService(ResourceProviderService, {
    getPluginInfo: unary(() => new PluginInfo().setVersion(plugin.version)),
    attach: unary(() => new Empty()),
    cancel: unary(() => {
      plugin.cancel?.();
      return new Empty();
    }),
    construct: unary((request: rpc.ConstructRequest): rpc.ConstructResponse => {
      throw new Error(`the test plugin has no component ${request.getType()}`);
    }),
    invoke: unary((request: rpc.InvokeRequest): rpc.InvokeResponse => {
      throw new Error(`the test plugin has no function ${request.getTok()}`);
    }),
    checkConfig: unary((request: rpc.CheckRequest) => {
      const { inputs, failures } = plugin.checkConfig(fromStruct(request.getNews()));
      return checked(inputs, toFailures(failures));
    }),
    ...(plugin.diffConfig !== undefined && {
      diffConfig: unary((request: rpc.DiffRequest) => diffConfig(plugin, request)),
    }),
    configure: unary(async (request: rpc.ConfigureRequest) => {
      await plugin.configure(fromStruct(request.getArgs()));
      return new rpc.ConfigureResponse().setSupportspreview(true).setAcceptsecrets(false);
    }),
    check: unary(async (request: rpc.CheckRequest) => {
      const { inputs, failures } = await find(plugin, request).check(
        fromStruct(request.getNews()),
        {
          name: request.getName() || (request.getUrn().split("::").at(-1) ?? ""),
          olds: fromStruct(request.getOlds()),
          seed: request.getRandomseed_asU8(),
        },
      );
      return checked(inputs, toFailures(failures));
    }),
    diff: unary(async (request: rpc.DiffRequest) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const oldInputs = fromStruct(request.getOldInputs());
      return toDiff(await find(plugin, request).diff(olds, news, oldInputs));
    }),
    create: unary(async (request: rpc.CreateRequest) => {
      const type = find(plugin, request);
      const inputs = fromStruct(request.getProperties());
      const context = contextOf(request, {});
      if (request.getPreview()) {
        const state = type.previewCreate
          ? await type.previewCreate(inputs, context)
          : { ...unknowns(type.unknownOnCreate), ...inputs };
        return new rpc.CreateResponse().setProperties(toStruct(state));
      }
      const { id, state } = await type.create(inputs, context);
      return new rpc.CreateResponse().setId(id).setProperties(toStruct(state));
    }),
    read: unary(async (request: rpc.ReadRequest) => {
      const type = find(plugin, request);
      const old = fromStruct(request.getProperties());
      const inputs = fromStruct(request.getInputs());
      const state = await type.read(request.getId(), old, contextOf(request, inputs));
      const response = new rpc.ReadResponse();
      if (state === undefined) return response;
      const found = type.inputsOf?.(state, inputs) ?? overlay(inputs, old, state);
      return response
        .setId(request.getId())
        .setProperties(toStruct(state))
        .setInputs(toStruct(found));
    }),
    update: unary(async (request: rpc.UpdateRequest) => {
      const type = find(plugin, request);
      const old = fromStruct(request.getOlds());
      const news = fromStruct(request.getNews());
      const context = contextOf(request, fromStruct(request.getOldInputs()));
      if (!request.getPreview()) {
        const state = await type.update(request.getId(), old, news, context);
        return new rpc.UpdateResponse().setProperties(toStruct(state));
      }
      const state = type.previewUpdate
        ? await type.previewUpdate(request.getId(), old, news, context)
        : { ...old, ...news, ...unknowns(type.unknownOnUpdate?.(old, news) ?? []) };
      return new rpc.UpdateResponse().setProperties(toStruct(state));
    }),
    delete: unary(async (request: rpc.DeleteRequest) => {
      const state = fromStruct(request.getProperties());
      const context = contextOf(request, fromStruct(request.getOldInputs()));
      await find(plugin, request).delete(request.getId(), state, context);
      return new Empty();
    }),
  });

  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine && running === 0) process.exit(0);
  }, ORPHAN_CHECK_MS);
}

function checked(inputs: Properties, failures: rpc.CheckFailure[]): rpc.CheckResponse {
  return new rpc.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures);
}

function find(plugin: Plugin, request: { getUrn(): string }): ResourceType {
  const type = typeOf(request.getUrn());
  const found = plugin.resources[type] ?? plugin.find?.(type);
  if (found) return found;
  const known = Object.keys(plugin.resources).join(", ");
  throw new Error(`the test plugin has no resource ${type}; it has ${known}`);
}

function contextOf(
  request: { getUrn(): string; getTimeout?(): number },
  oldInputs: Properties,
): OperationContext {
  return { urn: request.getUrn(), timeout: request.getTimeout?.() ?? 0, oldInputs };
}

function diffConfig(plugin: Plugin, request: rpc.DiffRequest): rpc.DiffResponse {
  const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
  const same = { changes: [], deleteBeforeReplace: false };
  return toDiff(plugin.diffConfig?.(olds, news) ?? same);
}

function unknowns(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
}

/** The inputs with what a read found different from the state put in, so that a refresh shows it. */
function overlay(inputs: Properties, old: Properties, found: Properties): Properties {
  const moved = Object.keys(inputs).filter(
    (name) => name in found && JSON.stringify(found[name]) !== JSON.stringify(old[name]),
  );
  return { ...inputs, ...Object.fromEntries(moved.map((name) => [name, found[name] ?? null])) };
}
