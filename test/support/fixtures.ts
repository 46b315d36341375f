import { type Access, accessStatements, type WorkspaceScope } from "../../components/aws/iam";
import { policyDocument } from "../../components/aws/policyDocument";
import type { RoleName } from "../../components/roles";
import type { WorkspaceArgs, WorkspaceRef } from "../../index";

export const canary = "cAnaRy-7f3a9c-PleaseDontLeak";

export const accountId = "111122223333";

export function arn(role: string): string {
  return `arn:aws:iam::${accountId}:role/${role}`;
}

/** The workspace of the product page, with everybody in it. */
export const production: WorkspaceArgs = {
  organization: "AI Startup",
  aws: { region: "us-east-1", accountId },
  roles: {
    owners: [{ arn: arn("founders") }],
    admins: [{ arn: arn("leads") }],
    members: [{ arn: arn("developers") }],
    viewers: [{ arn: arn("auditors") }],
  },
};

/** A workspace of another stack, with its key. */
export const ref: WorkspaceRef = {
  name: "production",
  organization: "AI Startup",
  cloud: "aws",
  region: "us-east-1",
  accountId,
  keyArn: `arn:aws:kms:us-east-1:${accountId}:key/production`,
};

export const tags = { "vantedge-organization": "ai-startup", "vantedge-workspace": "production" };

export const labels = {
  "app.kubernetes.io/managed-by": "vantedge-secrets",
  "vantedge.run/organization": "ai-startup",
  "vantedge.run/workspace": "production",
};

/** Where the documents of `production` are about. */
export const scope: WorkspaceScope = {
  workspace: "production",
  prefix: "vantedge",
  accountId,
  regions: ["us-east-1"],
  adopted: [],
};

/** What its roles' documents depend on by default. */
export function accessWith(...keyArns: string[]): Access {
  return { listing: "account", memberKms: "validate-only", keyArns };
}

/** The rights of a role as one document. */
export function accessDocument(role: RoleName, of: WorkspaceScope, ...keyArns: string[]): string {
  return policyDocument(accessStatements(role, of, accessWith(...keyArns)));
}

/** A command that takes a value from standard input, as a workspace shows it. */
export function pasted(command: string): string {
  return `( [ -t 0 ] && printf 'Paste the value, then press Ctrl-D twice, without Enter: ' >&2; ${command} )`;
}
