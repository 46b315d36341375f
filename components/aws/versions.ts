import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { CurrentVersion } from "../backend";
import { InputError } from "../errors";
import { answerTo, lookupOptions } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";
import { reachable } from "./account";
import { isAbsence, secretMissing } from "./refusals";
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
  await reachable(workspace, options);
  const query = { secretId: cloudName(workspace, secretName), region: workspace.region as string };
  const asked = secretsmanager.getSecretVersions(query, lookupOptions(options));
  const explain = secretMissing(workspace, secretName, "secretsmanager:ListSecretVersionIds");
  const listed = await answerTo(asked.catch(noneIfAbsent), explain);
  if (listed === undefined) return { missing: "secret" };
  const current = versionsIn(listed).find(({ versionStages }) => versionStages.includes("AWSCURRENT"));
  return current === undefined ? { missing: "value" } : { id: current.versionId };
}

function noneIfAbsent(error: Error): undefined {
  if (!isAbsence(error.message)) throw error;
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
  const unlisted = () =>
    `${subject} the versions of ${secretId} can't be listed: a secret must exist before one is pinned, and whoever ` +
    "runs pulumi up needs secretsmanager:ListSecretVersionIds";
  const listed = async () => {
    await reachable(workspace, options);
    const answer = await answerTo(secretsmanager.getSecretVersions(query, lookupOptions(options)), unlisted);
    const versions = versionsIn(answer);
    if (versions.some(({ versionId }) => versionId === pinned)) return pinned;
    throw new InputError([`${subject} ${secretId} has no such version: ${listOf(versions)}`]);
  };
  return pulumi.output(listed());
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
