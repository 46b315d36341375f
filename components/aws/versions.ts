import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { CurrentVersion } from "../backend";
import { InputError } from "../errors";
import { found, lookupOptions } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";
import { cloudName } from "./secretName";

/** A secret without a version has no list of them either, whatever the type says. */
export function versionsIn(
  listed: secretsmanager.GetSecretVersionsResult,
): secretsmanager.GetSecretVersionsResult["versions"] {
  return listed.versions ?? [];
}

/** Listing versions needs no right to read a value. */
export async function currentVersion(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.CustomResourceOptions,
): Promise<CurrentVersion> {
  const secretId = cloudName(workspace, secretName);
  const region = workspace.region as string;
  const lookup = lookupOptions(options);
  const listed = await found(secretsmanager.getSecretVersions({ secretId, region }, lookup));
  if (listed !== undefined) {
    const current = versionsIn(listed).find(({ versionStages }) => versionStages.includes("AWSCURRENT"));
    return current === undefined ? { missing: "value" } : { id: current.versionId };
  }
  const absent = await secretsmanager.getSecret({ name: secretId, region }, lookup).then(
    () => false,
    (error: Error) => isNotFound(error),
  );
  if (absent) return { missing: "secret" };
  throw new InputError([
    `the versions of ${secretId} can't be listed: whoever runs pulumi up needs secretsmanager:ListSecretVersionIds`,
  ]);
}

/** As the Terraform provider and as AWS says it. */
function isNotFound({ message }: Error): boolean {
  return /couldn't find resource|empty result|ResourceNotFoundException/.test(message);
}

/** Metadata alone is asked for. */
export function readsToAsk(): boolean {
  return false;
}

/**
 * A version that is pinned, once it is known to be there; in previews as well, so that no workload is sent to one that
 * is gone. Not the output form of the look-up: what fails in that can't be said in our words.
 */
export function pinnedVersion(
  name: string,
  workspace: WorkspaceRef,
  secretName: string,
  pinned: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const secretId = cloudName(workspace, secretName);
  const query = { secretId, region: workspace.region as string, includeDeprecated: true };
  const subject = `Secret "${name}": pinVersion:`;
  const listed = secretsmanager.getSecretVersions(query, lookupOptions(options)).then(
    (answer) => {
      const versions = versionsIn(answer);
      if (versions.some(({ versionId }) => versionId === pinned)) return pinned;
      throw new InputError([`${subject} ${secretId} has no such version: ${listOf(versions)}`]);
    },
    () => {
      throw new InputError([
        `${subject} the versions of ${secretId} can't be listed: a secret must exist before one is pinned, and whoever ` +
          "runs pulumi up needs secretsmanager:ListSecretVersionIds",
      ]);
    },
  );
  return pulumi.output(listed);
}

/** What there is, the newest first. */
function listOf(versions: { versionId: string; versionStages: string[]; createdTime: string }[]): string {
  if (versions.length === 0) return "it has none, give it a value first";
  const newestFirst = [...versions].sort((a, b) => (a.createdTime < b.createdTime ? 1 : -1));
  const shown = newestFirst.map(({ versionId, versionStages }) =>
    versionStages.length === 0 ? versionId : `${versionId} (${versionStages.join(", ")})`,
  );
  return `take one of ${shown.join(", ")}`;
}
