import { z } from "zod";
import { oneOf } from "./oneOf";
import {
  awsShape,
  deployer,
  gcpShape,
  keyPrincipal,
  namespace,
  prefix,
  rolesShape,
  tags,
  text,
  workspaceName,
} from "./shapes";

/** The arguments of a Workspace. */
export const workspaceShape = oneOf(["aws", "gcp"], {
  organization: text,
  workspaceName,
  aws: awsShape.optional(),
  gcp: gcpShape.optional(),
  roles: rolesShape.optional(),
  deployers: z.array(deployer).optional(),
  breakGlass: z.array(keyPrincipal).optional(),
  kubernetes: z.strictObject({ namespace, createNamespace: z.boolean().optional() }).optional(),
  prefix: prefix.optional(),
  tags: tags.optional(),
});
