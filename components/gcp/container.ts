import * as secretmanager from "@pulumi/gcp/secretmanager";
import type * as pulumi from "@pulumi/pulumi";
import type { SecretSpec } from "../backend";
import { given } from "../options";
import type { SecretGcpArgs } from "../secretArgs";
import { workspaceLabels } from "./labels";
import { inUtc, nextReminder } from "./moments";
import { secretIdOf } from "./names";
import { freeNames, refuseTakenName } from "./takenName";

/** A secret without its versions. */
export interface Container {
  /** `projects/P/secrets/S`, or with a location in it. By the project's id: Google's own name of it has the number. */
  id: pulumi.Output<string>;
  regional: boolean;
}

const secondsOfDay = 86_400;
/** A week in which a destroyed version can be enabled again: https://cloud.google.com/secret-manager/docs/delay-destruction-of-secret-versions */
const defaultDestroyDays = 7;
/** Names that product.md gives to workspaces which are made and thrown away. */
const unprotected = ["development", "preview", "test"];

/** The secret in Google's words. `topics` are those of its reminders. */
export function createContainer(
  name: string,
  spec: SecretSpec,
  topics: pulumi.Input<string>[],
  options: pulumi.CustomResourceOptions,
): Container {
  const { workspace, gcp = {} } = spec;
  const { location } = workspace;
  const secretId = secretIdOf(workspace, spec.secretName);
  const inputs = { project: workspace.projectId as string, secretId, ...settings(spec, topics) };
  const own = {
    ...options,
    ...takeOver(spec.importId),
    // A secret that has to be made anew (Google can't change where it is kept) would be deleted first otherwise, with all
    // of its versions, and nothing brings those back. So its id is taken, and that is said.
    deleteBeforeReplace: false,
    hooks: { beforeCreate: [refuseTakenName(workspace, spec.secretName, options)] },
  };
  if (location !== undefined) {
    const encryption = given({ customerManagedEncryption: withKey(gcp.kmsKeyName) });
    return containerOf(new secretmanager.RegionalSecret(name, { ...inputs, location, ...encryption }, own), true);
  }
  return containerOf(new secretmanager.Secret(name, { ...inputs, replication: replication(gcp) }, own), false);
}

function containerOf(secret: secretmanager.Secret | secretmanager.RegionalSecret, regional: boolean): Container {
  freeNames.watch(secret);
  return { id: secret.id, regional };
}

function replication({ replicas, kmsKeyName }: SecretGcpArgs) {
  if (replicas === undefined) return { auto: given({ customerManagedEncryption: withKey(kmsKeyName) }) };
  return {
    userManaged: {
      replicas: replicas.map((replica) => ({
        location: replica.location,
        ...given({ customerManagedEncryption: withKey(replica.kmsKeyName) }),
      })),
    },
  };
}

function withKey(kmsKeyName: pulumi.Input<string> | undefined) {
  return kmsKeyName === undefined ? undefined : { kmsKeyName };
}

/** What global and regional secrets have alike. */
function settings({ workspace, type, description, tags, gcp = {} }: SecretSpec, topics: pulumi.Input<string>[]) {
  const { rotationReminder, expireTime, versionAliases, versionDestroyDays = defaultDestroyDays, annotations } = gcp;
  return {
    labels: { ...workspaceLabels(workspace, tags), "vantedge-type": type },
    annotations: { ...annotations, ...given({ "vantedge-description": description }) },
    deletionProtection: gcp.deletionProtection ?? !unprotected.includes(workspace.name),
    ...(versionDestroyDays === 0 ? {} : { versionDestroyTtl: inSeconds(versionDestroyDays) }),
    ...(expireTime === undefined ? {} : { expireTime: inUtc(expireTime) }),
    ...given({ versionAliases }),
    ...(topics.length === 0 ? {} : { topics: topics.map((topic) => ({ name: topic })) }),
    ...(rotationReminder === undefined
      ? {}
      : {
          rotation: {
            rotationPeriod: inSeconds(rotationReminder.everyDays),
            nextRotationTime: nextReminder(rotationReminder.nextRotationTime, rotationReminder.everyDays),
          },
        }),
  };
}

function inSeconds(days: number): string {
  return `${days * secondsOfDay}s`;
}

/** What differs on an existing secret is left alone in the run that takes it over, and mended in the next one. */
function takeOver(id: string | undefined): pulumi.CustomResourceOptions {
  if (id === undefined) return {};
  return {
    import: id,
    ignoreChanges: [
      ...["annotations", "labels", "replication", "customerManagedEncryption", "deletionProtection", "expireTime"],
      ...["rotation", "topics", "versionAliases", "versionDestroyTtl"],
    ],
  };
}
