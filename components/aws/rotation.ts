import { createHash } from "node:crypto";
import * as lambda from "@pulumi/aws/lambda";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { Fault, SecretFacts, SecretSpec } from "../backend";
import { InputError } from "../errors";
import { waitingFor } from "../options";
import type { SecretRotationArgs } from "../secretArgs";
import type { WorkspaceRef } from "../workspaceRef";
import { adoptedAs } from "./adopted";
import { functionStart, partitionOf } from "./iam";
import { functionsThatAreThere, refuseMissingFunction } from "./missingFunction";
import { refuseRotatingNothing, valuesThatStay } from "./rotatedValue";
import { scheduleFaults } from "./schedule";
import { cloudName } from "./secretName";

/** The rotator's rights end at the prefix. */
const notAdopted = "an adopted secret keeps whatever rotation it has: set it where the secret was made";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
export function rotationFaults({ workspace, secretName, rotation }: SecretFacts): Fault[] {
  if (rotation === undefined) return [];
  if (adoptedAs(workspace, secretName) !== undefined) return [{ path: ["rotation"], message: notAdopted }];
  const { lambdaArn, intervalDays, scheduleExpression, windowHours } = rotation;
  const faults: Fault[] = [];
  if (typeof lambdaArn === "string" && !isOwnFunction(workspace, lambdaArn)) {
    faults.push({ path: ["lambdaArn"], message: ownFunctionRule(workspace) });
  }
  if (intervalDays !== undefined && (intervalDays < 1 || intervalDays > 1000)) {
    faults.push({ path: ["intervalDays"], message: "must be 1 to 1000" });
  }
  if (windowHours !== undefined && (windowHours < 1 || windowHours > 24)) {
    faults.push({ path: ["windowHours"], message: "must be 1 to 24" });
  } else if (scheduleExpression !== undefined) {
    faults.push(...scheduleFaults(scheduleExpression, windowHours));
  }
  return faults.map(({ path, message }) => ({ path: ["rotation", ...path], message }));
}

/**
 * Rotation by a function of the workspace. Never at once: neither the first `up` nor a change of the schedule replaces a
 * value that workloads are using. AWS tries the function's testSecret step instead, so its permission comes first.
 */
export function createRotation(
  name: string,
  spec: SecretSpec,
  rotation: SecretRotationArgs,
  secret: secretsmanager.Secret,
  version: pulumi.Resource | undefined,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const region = spec.workspace.region as string;
  const lambdaArn = ownFunction(name, spec.workspace, rotation.lambdaArn);
  const permission = new lambda.Permission(
    `${name}-rotation-permission`,
    {
      region,
      function: lambdaArn,
      statementId: statementId(spec),
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      sourceArn: secret.arn,
    },
    { ...options, hooks: { beforeCreate: [refuseMissingFunction(name, spec, options)] } },
  );
  functionsThatAreThere.watch(permission);
  const rotated = new secretsmanager.SecretRotation(
    `${name}-rotation`,
    {
      region,
      secretId: secret.id,
      rotationLambdaArn: lambdaArn,
      rotateImmediately: false,
      rotationRules: rulesOf(rotation),
    },
    {
      ...(version === undefined ? waitingFor(options, permission) : waitingFor(options, permission, version)),
      ...(version === undefined ? { hooks: { beforeCreate: [refuseRotatingNothing(name, spec, options)] } } : {}),
    },
  );
  valuesThatStay.watch(rotated);
  return rotated;
}

function rulesOf({ intervalDays, scheduleExpression, windowHours }: SecretRotationArgs) {
  return {
    ...(intervalDays === undefined ? {} : { automaticallyAfterDays: intervalDays }),
    ...(scheduleExpression === undefined ? {} : { scheduleExpression }),
    ...(windowHours === undefined ? {} : { duration: `${windowHours}h` }),
  };
}

/** One statement for each secret, as many may share a function; at most 100 letters, digits, hyphens and underscores. */
function statementId({ workspace, secretName }: SecretFacts): string {
  const hash = createHash("sha256").update(cloudName(workspace, secretName)).digest("hex").slice(0, 8);
  return `rotate-${secretName}-${hash}`;
}

/** Whose function gets the values: the role's right to rotate names the same functions (policies/permissions.json). */
function isOwnFunction(workspace: WorkspaceRef, arn: string): boolean {
  const start = functionArnStart(workspace);
  return arn.startsWith(start) && /^[A-Za-z0-9_-]+$/.test(arn.slice(start.length));
}

function functionArnStart({ name, region = "", accountId }: WorkspaceRef): string {
  return `arn:${partitionOf(region)}:lambda:${region}:${accountId}:function:${functionStart(name)}`;
}

function ownFunctionRule(workspace: WorkspaceRef): string {
  return (
    `must be the ARN of a function of the workspace, without version or alias: ${functionArnStart(workspace)}NAME ` +
    "(two hyphens: with one, as before, it could be another workspace's)"
  );
}

/** An ARN that may be an Output is checked when it is known. */
function ownFunction(name: string, workspace: WorkspaceRef, arn: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(arn).apply((known) => {
    if (isOwnFunction(workspace, known)) return known;
    throw new InputError([`Secret "${name}": rotation.lambdaArn: ${ownFunctionRule(workspace)}`]);
  });
}
