import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { type ServerWritableStream, status } from "@grpc/grpc-js";
import { endingWithHost } from "./children";

interface Response {
  setStdout(chunk: Buffer): void;
  setStderr(chunk: Buffer): void;
}

/** Answers a call with what a process prints. The engine ends the process by ending the call. */
export function streamOutput(
  call: ServerWritableStream<unknown, unknown>,
  child: ChildProcessByStdio<null, Readable, Readable>,
  Response: new () => Response,
): void {
  const answer = (set: keyof Response) => (chunk: Buffer) => {
    const response = new Response();
    response[set](chunk);
    call.write(response);
  };
  endingWithHost(child);
  child.stdout.on("data", answer("setStdout"));
  child.stderr.on("data", answer("setStderr"));
  child.on("error", ({ message }) => fail(call, message));
  call.on("cancelled", () => child.kill());
}

/** A call that is destroyed never ends for the engine. */
export function fail(call: ServerWritableStream<unknown, unknown>, details: string): void {
  call.emit("error", { code: status.INTERNAL, details });
}
