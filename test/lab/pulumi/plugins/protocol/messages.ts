import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import * as errors from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Failure } from "./check";
import type { Difference, PropertyChange } from "./diff";
import { InitializationError } from "./resource";
import { toProperties, type Properties } from "./values";

/** The property bag of a message. */
export function fromStruct(struct: Struct | undefined): Properties {
  return toProperties(struct?.toJavaScript());
}

/** A property bag for a message. */
export function toStruct(bag: Properties): Struct {
  return Struct.fromJavaScript(bag);
}

/** Check failures for a message. */
export function toFailures(failures: readonly Failure[]): errors.CheckFailure[] {
  return failures.map(({ property, reason }) =>
    new errors.CheckFailure().setProperty(property).setReason(reason),
  );
}

/** A diff for a message, with the detail that `preview --json` shows. */
export function toDiff(difference: Difference): errors.DiffResponse {
  const { changes } = difference;
  const { DIFF_NONE, DIFF_SOME } = errors.DiffResponse.DiffChanges;
  const response = new errors.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changes.map((change) => change.property))
    .setReplacesList(changes.filter((change) => change.replaces).map((change) => change.property))
    .setDeletebeforereplace(difference.deleteBeforeReplace)
    .setHasdetaileddiff(true);
  const details = response.getDetaileddiffMap();
  for (const change of changes) {
    const detail = new errors.PropertyDiff().setKind(detailKind(change)).setInputdiff(false);
    details.set(change.property, detail);
  }
  return response;
}

function detailKind({ kind, replaces }: PropertyChange): errors.PropertyDiff.Kind {
  const { Kind } = errors.PropertyDiff;
  if (kind === "add") return replaces ? Kind.ADD_REPLACE : Kind.ADD;
  if (kind === "delete") return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

/** An error for the engine; a failed initialisation carries the id and the state along. */
export function toServiceError(raw: unknown): Partial<ServiceError> {
  const message = raw instanceof Error ? raw.message : String(raw);
  const metadata = new Metadata();
  if (raw instanceof InitializationError) {
    const detail = new errors.ErrorResourceInitFailed();
    detail.setId(raw.id);
    detail.setProperties(toStruct(raw.state));
    detail.setReasonsList([message, ...(raw.more.reasons ?? [])]);
    if (raw.more.inputs !== undefined) detail.setInputs(toStruct(raw.more.inputs));
    const packed = new Any();
    packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const envelope = new Status();
    envelope.setCode(status.UNKNOWN);
    envelope.setMessage(message);
    envelope.addDetails(packed);
    metadata.add("grpc-status-details-bin", Buffer.from(envelope.serializeBinary()));
  }
  return { code: status.UNKNOWN, details: message, message, metadata };
}
