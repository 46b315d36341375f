/** Errors as the engine shows them: one line, no stack, no secret. */
import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Unfinished } from "./provider";
import type { Secrets } from "./wire";

export function serviceError(error: unknown, secrets: Secrets): Partial<grpc.StatusObject> {
  const details = secrets.censor(error instanceof Error ? error.message : String(error));
  const metadata = new grpc.Metadata();
  if (error instanceof Unfinished) metadata.add("grpc-status-details-bin", unfinished(error, details, secrets));
  return { code: grpc.status.UNKNOWN, details, metadata };
}

/** The state of an object that exists but was not finished, where the engine looks for it: in the status's details. */
function unfinished({ state, inputs }: Unfinished, message: string, secrets: Secrets): Buffer {
  const failure = new ErrorResourceInitFailed()
    .setId(state.id)
    .setProperties(secrets.seal(state.outputs, state.secretOutputs))
    .setInputs(secrets.seal(inputs))
    .setReasonsList([message]);
  const detail = new Any();
  detail.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(message).setDetailsList([detail]);
  return Buffer.from(status.serializeBinary());
}
