import * as grpc from "@grpc/grpc-js";

/** Rendered configuration and dashboards travel as inputs, so the usual 4 MB are too few. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** A call of the engine that a dry run does not serve. */
export class RefusedCallError extends Error {
  override readonly name = "RefusedCallError";
}

/** A server that listens, until it is closed. */
export interface ListeningServer {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  close(): void;
}

/** A service with its handlers. */
export type Service = readonly [grpc.ServiceDefinition, grpc.UntypedServiceImplementation];

/** Serves on a free port of the loopback interface. */
export async function listen(services: readonly Service[]): Promise<ListeningServer> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  for (const [definition, implementation] of services) {
    server.addService(definition, implementation);
  }
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** A handler from a function that answers at once; what it throws goes back to the program. */
export function unary<Request, Response>(
  answer: (request: Request) => Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    let response: Response;
    try {
      response = answer(call.request);
    } catch (error) {
      const code =
        error instanceof RefusedCallError ? grpc.status.UNIMPLEMENTED : grpc.status.UNKNOWN;
      callback({ code, details: error instanceof Error ? error.message : String(error) });
      return;
    }
    callback(null, response);
  };
}
