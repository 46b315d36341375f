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
