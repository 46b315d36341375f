import { Provider } from "@pulumi/aws/provider";
import type { AwsAccess } from "./preflight";

/** The provider of one workspace: its region, its account and no other, the role to take there. */
export function createProvider(name: string, access: AwsAccess): Provider {
  return new Provider(`${name}-aws`, {
    region: access.region,
    allowedAccountIds: [access.accountId],
    ...(access.assumeRoleArn === undefined ? {} : { assumeRoles: [{ roleArn: access.assumeRoleArn }] }),
  });
}
