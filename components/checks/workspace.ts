import { z } from "zod";
import { Listing, MemberKms } from "../access";
import { auditTrailRefShape } from "./auditTrail";
import { oneOf } from "./oneOf";
import {
  adopted,
  awsShape,
  cluster,
  deployer,
  existingRolesShape,
  gcpShape,
  keyArn,
  keyPrincipal,
  namespace,
  prefix,
  rolesShape,
  sessionHoursShape,
  tags,
  text,
  workspaceName,
} from "./shapes";

/** What arguments and manifest say alike of who has access, and how. */
export const accessShape = {
  roles: rolesShape.optional(),
  existingRoles: existingRolesShape.optional(),
  sessionHours: sessionHoursShape.optional(),
  deployers: z.array(deployer).optional(),
  breakGlass: z.array(keyPrincipal).optional(),
  listing: z.enum(Object.values(Listing)).optional(),
  memberKms: z.enum(Object.values(MemberKms)).optional(),
  rotator: z.boolean().optional(),
  adopt: z.array(adopted).min(1).optional(),
  importKeys: z.array(keyArn).min(1).optional(),
};

/** The arguments of a Workspace. */
export const workspaceShape = oneOf(["aws", "gcp"], {
  organization: text,
  workspaceName,
  aws: awsShape.optional(),
  gcp: gcpShape.optional(),
  ...accessShape,
  kubernetes: z
    .strictObject({ namespace, createNamespace: z.boolean().optional(), cluster: cluster.optional() })
    .optional(),
  prefix: prefix.optional(),
  auditTrail: auditTrailRefShape.optional(),
  tags: tags.optional(),
});
