import * as pulumi from "@pulumi/pulumi";
import type { SecretSpec } from "./backend";
import { backendOf } from "./backends";
import { check, refuse } from "./checks/check";
import { secretShape } from "./checks/secret";
import { warnOfClearValue } from "./clearValue";
import { type SecretContentArgs, storedContent } from "./content";
import { importSettingOf } from "./importSetting";
import { type Origin, rememberSecret, type SecretOrigin } from "./knownSecrets";
import { secretMadeTwice } from "./madeTwice";
import { childOptions } from "./options";
import { PreviousVersion, type SecretGcpArgs, type SecretLockdownArgs, type SecretRotationArgs } from "./secretArgs";
import { ownerOf, type WorkspaceRef, withDefaults } from "./workspaceRef";

/** What a secret is. It decides nothing; it is shown where secrets are listed. */
export const SecretType = {
  /** Keys of OpenAI, Hugging Face, Anthropic and other services. */
  ApiToken: "api-token",
  /** Connection strings and passwords of data stores. */
  DatabaseCredentials: "database-credentials",
  /** OAuth tokens, JWT secrets and other service authentication. */
  ServiceCredentials: "service-credentials",
  /** Anything else. */
  Generic: "generic",
} as const;
export type SecretType = (typeof SecretType)[keyof typeof SecretType];

/** Arguments of a Secret. At most one of `value` and `fields` is set; with none, the value is put in from outside. */
export interface SecretArgs {
  /** The workspace that holds the secret: `workspace.ref` in TypeScript, or the fields. */
  workspace: WorkspaceRef;
  /**
   * The secret's name in its workspace: 1 to 63 lower-case letters, digits and single hyphens.
   * @default the resource's name
   */
  secretName?: string;
  /**
   * What the secret is.
   * @default "generic"
   */
  type?: SecretType;
  /** What the secret is for. Not encrypted: never put a value here. */
  description?: pulumi.Input<string>;
  /** The value, stored verbatim; at most 65,536 bytes. Kept in Pulumi's state only encrypted. */
  value?: pulumi.Input<string>;
  /** Named values, stored as one JSON object with sorted keys. Kept in Pulumi's state only encrypted. */
  fields?: Record<string, pulumi.Input<string>>;
  /**
   * AWS: days in which a deleted secret can be restored: 7 to 30, or 0 to delete it at once. Google Cloud deletes at once:
   * see `deletionProtection` of `gcp`.
   * @default 30
   */
  recoveryWindowInDays?: number;
  /** Tags (on Google Cloud labels) besides our own, which begin with `vantedge-`. Not encrypted. */
  tags?: Record<string, string>;
  /**
   * An existing secret of this very name to take over, for one `pulumi up`: its ARN, on Google Cloud
   * `projects/P/secrets/S` or `projects/P/locations/L/secrets/S`.
   */
  import?: string;
  /**
   * AWS: has a function replace the value again and again. `value` or `fields` is then the first value, and a later change of
   * it is refused unless `overwriteRotated` says otherwise. Nothing is rotated by `pulumi up` itself.
   * @default never rotated
   */
  rotation?: SecretRotationArgs;
  /**
   * Whether a changed value is written although rotation may have replaced the one before.
   * @default false
   */
  overwriteRotated?: boolean;
  /**
   * Id of the version (on Google Cloud its number) that workloads are to receive instead of the current one, until this is
   * removed again. Goes with neither `value` nor `fields`. Rotation goes on, and may make the pinned value invalid where it
   * is used. To look it up in a workspace of Google Cloud with a `location`, whoever runs `pulumi up` must be able to read it.
   * @default the current version
   */
  pinVersion?: string;
  /**
   * AWS: a policy of the secret's own against everybody else in the account.
   * @default none: the workspace's roles, their guard and the key decide
   */
  lockdown?: SecretLockdownArgs;
  /** What only a secret of Google Cloud has. */
  gcp?: SecretGcpArgs;
}

/** A named value, or a set of named fields, in the secret manager of the workspace's cloud. */
export class Secret extends pulumi.ComponentResource {
  /** The secret's name in its workspace. */
  public readonly secretName: pulumi.Output<string>;
  /** The name that the cloud knows it by: `vantedge/production/openai-api-key`, or `vantedge--production--openai-api-key`. */
  public readonly cloudName: pulumi.Output<string>;
  /** The cloud's identifier: the ARN on AWS, `projects/P/secrets/S` on Google Cloud. */
  public readonly secretId: pulumi.Output<string>;
  /**
   * The version that is pinned, else the one that holds the value given here; empty where neither was given. On Google
   * Cloud its number and when it was made, `7@2026-11-25T15:01:23Z`: a secret that is made again counts from 1 again.
   */
  public readonly versionId: pulumi.Output<string>;

  constructor(name: string, args: SecretArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = secretSpec(name, args);
    super("vantedge-secrets:index:Secret", name, facts(spec), opts);

    warnOfClearValue(name, args, this);
    const backend = backendOf(spec.workspace.cloud);
    const parts = backend.createSecret(
      name,
      spec,
      urnAlone(this),
      childOptions(this, opts, keeperOfReplicas(args.workspace)),
    );

    this.secretName = pulumi.output(spec.secretName);
    this.cloudName = pulumi.output(parts.cloudName);
    this.secretId = parts.id;
    this.versionId = parts.versionId ?? pulumi.output("");
    rememberSecret(this, {
      workspace: spec.workspace,
      secretName: spec.secretName,
      versionId: this.versionId,
      secretId: this.secretId,
      origin: secretOrigin(spec, args.fields),
    });
    this.registerOutputs({
      cloudName: this.cloudName,
      secretId: this.secretId,
      versionId: this.versionId,
      // A stack's policies are shown outputs and never inputs.
      ...facts(spec),
    });
  }
}

/** What a binding of this program has to know of it. */
function secretOrigin(spec: SecretSpec, fields: SecretArgs["fields"]): SecretOrigin {
  return {
    origin: originOf(spec),
    fields: fields === undefined ? undefined : Object.keys(fields).sort(),
    disablesPrevious: spec.gcp?.previousVersion === PreviousVersion.Disable,
  };
}

function originOf(spec: SecretSpec): Origin {
  if (spec.pinVersion !== undefined) return "pinned";
  if (spec.rotation !== undefined) return "rotated";
  return spec.content === undefined ? "elsewhere" : "written";
}

/**
 * The URN without what hangs on it: whatever is made of a component's output waits for all children of the component,
 * and children that wait for each other would then wait for ever.
 */
function urnAlone(component: pulumi.ComponentResource): pulumi.Output<string> {
  return pulumi.output(new Promise<string>((resolve) => component.urn.apply(resolve)));
}

/** A replica's key is found by its alias, which the workspace of this program may be about to make. */
function keeperOfReplicas(workspace: WorkspaceRef): pulumi.Resource | undefined {
  return (workspace.replicaRegions ?? []).length === 0 ? undefined : ownerOf(workspace);
}

function secretSpec(name: string, args: SecretArgs): SecretSpec {
  const secretName = args.secretName ?? name;
  check("Secret", name, secretShape, { ...args, secretName });
  const content: SecretContentArgs = args;
  const spec: SecretSpec = {
    workspace: withDefaults(args.workspace),
    secretName,
    type: args.type ?? SecretType.Generic,
    description: args.description,
    content: storedContent(`Secret "${name}"`, content),
    recoveryWindowInDays: args.recoveryWindowInDays,
    tags: args.tags ?? {},
    importId: args.import ?? importSettingOf(args.workspace, secretName),
    rotation: args.rotation,
    overwriteRotated: args.overwriteRotated ?? false,
    pinVersion: args.pinVersion,
    lockdown: args.lockdown,
    gcp: args.gcp,
  };
  refuse("Secret", name, [
    ...secretMadeTwice(spec.workspace, secretName),
    ...backendOf(spec.workspace.cloud).secretFaults(spec),
  ]);
  return spec;
}

/** What the engine keeps of the arguments, and shows to policies: names and switches, nothing derived from the value. */
function facts(spec: SecretSpec) {
  return {
    secretName: spec.secretName,
    type: spec.type,
    workspace: spec.workspace.name,
    cloud: spec.workspace.cloud,
    ...(spec.recoveryWindowInDays === undefined ? {} : { recoveryWindowInDays: spec.recoveryWindowInDays }),
    hasValue: spec.content !== undefined,
    hasRotation: spec.rotation !== undefined,
    hasLockdown: spec.lockdown !== undefined,
    ...(spec.pinVersion === undefined ? {} : { pinVersion: spec.pinVersion }),
  };
}
