import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import type { CurrentVersion } from "../backend";
import { InputError } from "../errors";
import { answerTo, lookupOptions } from "../lookup";
import { given } from "../options";
import type { WorkspaceRef } from "../workspaceRef";
import { secretIdOf, secretPath } from "./names";
import { reachable } from "./project";
import { versionUntold } from "./refusals";

/**
 * A version's number and when it was made. A secret that is deleted and made again counts from 1 again, and what is named
 * by its version must not take the new 1 for the old one.
 */
export function versionIdOf(version: string, createTime: string): string {
  return `${version}@${createTime}`;
}

export function versionNumberOf(versionId: string): string {
  return versionId.split("@")[0] as string;
}

/** The path of a secret: known by its names, whatever is there. */
export function secretId(workspace: WorkspaceRef, secretName: string): pulumi.Output<string> {
  return pulumi.output(secretPath(workspace, secretName));
}

/**
 * The newest version. Of a global secret it is metadata that is asked for: no right to read is needed. Google's provider
 * has no such question for regional secrets, and reads the value with it.
 */
export async function currentVersion(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.CustomResourceOptions,
): Promise<CurrentVersion> {
  await reachable(workspace, options);
  const lookup = lookupOptions(options);
  const asked = versionOf(workspace, secretName, undefined, lookup);
  const version = await answerTo(asked, versionUntold(workspace, secretName, neededFor(workspace)));
  if (version === "unreadable") return { missing: "value" };
  if (version !== "missing") return { id: version.id };
  return { missing: (await isThere(workspace, secretName, lookup)) ? "value" : "secret" };
}

export function readsToAsk({ location }: WorkspaceRef): boolean {
  return location !== undefined;
}

function neededFor({ location }: WorkspaceRef): string {
  return location === undefined
    ? "secretmanager.versions.get"
    : "secretmanager.versions.get and secretmanager.versions.access, since the secret is regional";
}

/** Whoever may not ask for the secret itself is not told that it is missing. */
async function isThere(workspace: WorkspaceRef, secretName: string, options: pulumi.InvokeOptions): Promise<boolean> {
  const query = { project: workspace.projectId as string, secretId: secretIdOf(workspace, secretName) };
  const lookup =
    workspace.location === undefined
      ? secretmanager.getSecret(query, options)
      : secretmanager.getRegionalSecret({ ...query, location: workspace.location }, options);
  return lookup.then(
    () => true,
    (error: Error) => !/\bError 404:/.test(error.message) && !/not found/i.test(error.message),
  );
}

interface FoundVersion {
  id: string;
  path: string;
}

/** Of a regional secret, a version that is disabled is unreadable as well; of a global one `refuseDisabled` tells. */
async function versionOf(
  workspace: WorkspaceRef,
  secretName: string,
  version: string | undefined,
  options: pulumi.InvokeOptions,
): Promise<FoundVersion | "missing" | "unreadable"> {
  const query = {
    project: workspace.projectId as string,
    secret: secretIdOf(workspace, secretName),
    ...given({ version }),
  };
  const lookup =
    workspace.location === undefined
      ? secretmanager.getSecretVersion({ ...query, fetchSecretData: false }, options)
      : secretmanager.getRegionalSecretVersion({ ...query, location: workspace.location }, options);
  try {
    const found = await lookup;
    if (found.destroyTime) return "unreadable";
    const number = found.version as string;
    const path = `${secretPath(workspace, secretName)}/versions/${number}`;
    return { id: versionIdOf(number, found.createTime), path };
  } catch (error) {
    // In Google's words, so that a project that is called 404 is no answer.
    const said = (error as Error).message;
    if (/\bError 404:/.test(said)) return "missing";
    if (/\bis in (DISABLED|DESTROYED) state\b/.test(said)) return "unreadable";
    throw error;
  }
}

/**
 * A version that is pinned, once it is known to be there and readable; in previews as well, so that no workload is sent to
 * one that is gone.
 */
export function pinnedVersion(
  name: string,
  workspace: WorkspaceRef,
  secretName: string,
  pinned: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const subject = `Secret "${name}": pinVersion:`;
  const path = secretPath(workspace, secretName);
  const disabled = `${subject} version ${pinned} of ${path} is disabled or destroyed: enable it first, or pin another`;
  const looked = versionOf(workspace, secretName, pinned, lookupOptions(options)).then(
    (found) => {
      if (found === "missing") {
        throw new InputError([`${subject} ${path} has no version ${pinned}: gcloud secrets versions list shows them`]);
      }
      if (found === "unreadable") throw new InputError([disabled]);
      return found;
    },
    () => {
      throw new InputError([
        `${subject} version ${pinned} of ${path} can't be looked up: whoever runs pulumi up needs ${neededFor(workspace)}`,
      ]);
    },
  );
  const found = pulumi.output(looked);
  return workspace.location === undefined ? found.apply(refuseDisabled(name, disabled, options)) : found.apply(idOf);
}

/**
 * The look-up calls every version enabled that it isn't asked to read (terraform-provider-google,
 * data_source_secret_manager_secret_version.go), but the resource tells, and of what it did not write it reads no value
 * (magic-modules, secret_version_access.go.tmpl). Pulumi only looks at what it gets in this way: it never deletes it.
 */
function refuseDisabled(name: string, problem: string, options: pulumi.CustomResourceOptions) {
  return ({ id, path }: FoundVersion): pulumi.Output<string> => {
    const { enabled } = secretmanager.SecretVersion.get(`${name}-pinned`, path, undefined, lookupOptions(options));
    return enabled.apply((isEnabled) => {
      if (isEnabled !== true) throw new InputError([problem]);
      return id;
    });
  };
}

function idOf({ id }: FoundVersion): string {
  return id;
}
