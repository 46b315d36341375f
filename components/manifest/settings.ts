import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { describe, describeIssue, locate } from "../checks/issues";
import { cluster, text } from "../checks/shapes";
import type { WorkspaceClusterArgs } from "../cluster";
import { isInClear } from "../configInClear";
import { InputError } from "../errors";
import { ShownOutputs } from "./outputs";
import { type AwsPlace, awsPlace, type GcpPlace, gcpPlace } from "./shapes";

/** What a manifest takes from the stack's configuration. */
export interface Settings {
  /** Organization and cloud, for a file that declares no workspace of its own. */
  organization: string | undefined;
  aws: AwsPlace | undefined;
  gcp: GcpPlace | undefined;
  /** The cluster, for bindings of workspaces that other stacks own. */
  cluster: WorkspaceClusterArgs | undefined;
  /** The workspaces to provision; undefined for all that the manifest declares. */
  workspaces: string[] | undefined;
  /** The audit trails to provision; undefined for all, or for none where workspaces are chosen. */
  auditTrails: string[] | undefined;
  /** Whether to ask account and cluster before the first resource. Off where neither can be reached from here. */
  preflight: boolean;
  /** How much the root program shows of what it provisions. */
  outputs: ShownOutputs;
  /** Whether a key is set, and not empty. */
  state(key: string): "set" | "empty" | "missing";
  /** Whether a key was set without --secret. */
  isInClear(key: string): boolean;
  /** The value of a key, as a secret whether or not it was set as one. */
  value(key: string): pulumi.Output<string>;
}

const shape = z
  .strictObject({
    organization: text.optional(),
    aws: awsPlace.optional(),
    gcp: gcpPlace.optional(),
    cluster: cluster.optional(),
    workspaces: z.array(text).min(1).optional(),
    auditTrails: z.array(text).min(1).optional(),
    preflight: z.boolean(),
    outputs: z.enum(ShownOutputs),
  })
  .refine(({ aws, gcp }) => aws === undefined || gcp === undefined, "aws and gcp are both set: remove one");

export function readSettings(config: pulumi.Config): Settings {
  const unread: string[] = [];
  const structure = <T>(key: string, rule: string): T | undefined => {
    try {
      return config.getObject<T>(key);
    } catch {
      // Pulumi's message quotes what is set.
      unread.push(`${key}: ${rule}`);
      return undefined;
    }
  };
  const given = {
    organization: config.get("organization"),
    aws: asText(
      structure("aws", "must be a set of keys and values: run pulumi config set --path aws.region REGION"),
      "accountId",
      12,
    ),
    gcp: asText(
      structure("gcp", "must be a set of keys and values: run pulumi config set --path gcp.projectId PROJECT"),
      "projectNumber",
    ),
    cluster: structure(
      "cluster",
      "must be a set of keys and values: run pulumi config set --path cluster.eksIrsa.oidcProviderArn ARN",
    ),
    workspaces: structure("workspaces", "must be a list: run pulumi config set --path 'workspaces[0]' NAME"),
    auditTrails: structure("auditTrails", "must be a list: run pulumi config set --path 'auditTrails[0]' NAME"),
    preflight: structure("preflight", "must be true or false") ?? true,
    outputs: config.get("outputs") ?? ShownOutputs.Short,
  };
  const result = shape.safeParse(given, { error: describeIssue });
  const wrong = result.error?.issues.flatMap(locate).map(({ path, message }) => describe(path, message)) ?? [];
  const lines = [...unread, ...wrong];
  if (!result.success || lines.length > 0) {
    throw new InputError(lines.map((line) => `stack configuration: ${line}`));
  }
  return {
    organization: result.data.organization,
    aws: result.data.aws,
    gcp: result.data.gcp,
    cluster: result.data.cluster as WorkspaceClusterArgs | undefined,
    workspaces: result.data.workspaces,
    auditTrails: result.data.auditTrails,
    preflight: result.data.preflight,
    outputs: result.data.outputs,
    state: (key) => {
      // Not Config.get, which warns where the key is a secret, as it should be.
      const raw = pulumi.runtime.getConfig(`${config.name}:${key}`);
      if (raw === undefined) return "missing";
      return raw === "" ? "empty" : "set";
    },
    isInClear: (key) => isInClear(`${config.name}:${key}`),
    value: (key) => config.requireSecret(key),
  };
}

/** `pulumi config set --path aws.accountId 011122223333` stores a number, and loses the zero. */
function asText(
  place: Record<string, unknown> | undefined,
  key: string,
  digits = 0,
): Record<string, unknown> | undefined {
  const number = place?.[key];
  if (typeof number !== "number") return place;
  return { ...place, [key]: String(number).padStart(digits, "0") };
}
