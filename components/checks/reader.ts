import { z } from "zod";
import { ReaderService } from "../binding/readerArgs";
import { oneOf } from "./oneOf";
import { roleArn, serviceAccountEmail } from "./shapes";

/** Who reads a binding's secrets in place of pods. */
export const readerShape = oneOf(["roleArn", "service", "serviceAccountEmail"], {
  roleArn: roleArn.optional(),
  service: z.enum(ReaderService).optional(),
  serviceAccountEmail: serviceAccountEmail.optional(),
});
