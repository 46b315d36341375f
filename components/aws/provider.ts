import { Provider } from "@pulumi/aws/provider";
import type { AwsCloudPlace } from "../backend";

/** The provider of one workspace: its region, its account and no other, the role to take there. */
export function createProvider(name: string, access: AwsCloudPlace): Provider {
  return new Provider(`${name}-aws`, {
    region: access.region,
    allowedAccountIds: [access.accountId],
    ...(access.assumeRoleArn === undefined ? {} : { assumeRoles: [{ roleArn: access.assumeRoleArn }] }),
  });
}
