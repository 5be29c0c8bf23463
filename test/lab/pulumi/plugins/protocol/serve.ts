import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { fromStruct, toDiff, toFailures, toServiceError, toStruct } from "./messages";
import { typeOf, type Plugin, type ResourceType } from "./resource";
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
    cancel: unary(() => new Empty()),
    checkConfig: unary((request: rpc.CheckRequest) => {
      const { inputs, failures } = plugin.checkConfig(fromStruct(request.getNews()));
      return checked(inputs, toFailures(failures));
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
    diff: unary((request: rpc.DiffRequest) => {
      const news = fromStruct(request.getNews());
      const oldInputs = fromStruct(request.getOldInputs());
      return toDiff(find(plugin, request).diff(fromStruct(request.getOlds()), news, oldInputs));
    }),
    create: unary(async (request: rpc.CreateRequest) => {
      const type = find(plugin, request);
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) {
        const state = { ...unknowns(type.unknownOnCreate), ...inputs };
        return new rpc.CreateResponse().setProperties(toStruct(state));
      }
      const { id, state } = await type.create(inputs);
      return new rpc.CreateResponse().setId(id).setProperties(toStruct(state));
    }),
    read: unary(async (request: rpc.ReadRequest) => {
      const old = fromStruct(request.getProperties());
      const state = await find(plugin, request).read(request.getId(), old);
      const response = new rpc.ReadResponse();
      if (state === undefined) return response;
      const inputs = fromStruct(request.getInputs());
      return response
        .setId(request.getId())
        .setProperties(toStruct(state))
        .setInputs(toStruct(overlay(inputs, old, state)));
    }),
    update: unary(async (request: rpc.UpdateRequest) => {
      const type = find(plugin, request);
      const old = fromStruct(request.getOlds());
      const news = fromStruct(request.getNews());
      const state = request.getPreview()
        ? { ...old, ...news, ...unknowns(type.unknownOnUpdate?.(old, news) ?? []) }
        : await type.update(request.getId(), old, news);
      return new rpc.UpdateResponse().setProperties(toStruct(state));
    }),
    delete: unary(async (request: rpc.DeleteRequest) => {
      await find(plugin, request).delete(request.getId(), fromStruct(request.getProperties()));
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
  const found = plugin.resources[type];
  if (found) return found;
  const known = Object.keys(plugin.resources).join(", ");
  throw new Error(`the test plugin has no resource ${type}; it has ${known}`);
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
