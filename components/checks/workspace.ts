import { z } from "zod";
import { Listing, MemberKms } from "../access";
import { auditTrailRefShape } from "./auditTrail";
import { oneOf } from "./oneOf";
import {
  accessEntries,
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
  subjectsShape,
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

/** What arguments and manifest say alike of who has access in Kubernetes. */
export const kubernetesAccessShape = {
  cluster: cluster.optional(),
  subjects: subjectsShape.optional(),
  accessEntries: accessEntries.optional(),
  admissionPolicy: z.boolean().optional(),
};

type CloudRoles = { [Key in "roles" | "existingRoles"]?: object | undefined };

/** Access entries are of the workspace's cloud roles. */
export function hasCloudRole({ roles = {}, existingRoles = {} }: CloudRoles): boolean {
  return Object.keys(existingRoles).length > 0 || Object.values(roles).some((given) => given.length > 0);
}

export const entersNobody =
  "puts the workspace's cloud roles into their Kubernetes groups, and it has none: give somebody a role under roles";

/** The arguments of a Workspace. */
export const workspaceShape = oneOf(["aws", "gcp"], {
  organization: text,
  workspaceName,
  aws: awsShape.optional(),
  gcp: gcpShape.optional(),
  ...accessShape,
  kubernetes: z
    .strictObject({ namespace, createNamespace: z.boolean().optional(), ...kubernetesAccessShape })
    .optional(),
  prefix: prefix.optional(),
  auditTrail: auditTrailRefShape.optional(),
  tags: tags.optional(),
}).refine((args) => args.kubernetes?.accessEntries === undefined || hasCloudRole(args), {
  path: ["kubernetes", "accessEntries"],
  message: entersNobody,
});
