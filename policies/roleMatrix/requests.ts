import type { AccessRequest } from "../../components/aws/evaluator/request";
import { functionStart, rolesOf } from "../../components/aws/iam";
import type { Permission } from "../../components/roles";
import actions from "./actions.json";
import { arnOf, type StackWorkspace, secretArn } from "./workspaces";

/** An action, the column of the matrix that it needs, and what it is done to. */
export interface MatrixAction {
  action: string;
  /** What amounts to reading, such as changing who may read, needs `retrieve`. */
  needs: Permission;
  on: "secret" | "everything" | "key" | "role" | "function";
}

export const matrixActions = actions as readonly MatrixAction[];

/** Something of a workspace that a request is about. */
export interface Target {
  /** For a message. */
  shown: string;
  request: Omit<AccessRequest, "principal">;
}

/** The requests for an action: on secrets, one for any secret and one for each that documents or the stack name. */
export function targetsOf(
  { action, on }: MatrixAction,
  workspace: StackWorkspace,
  named: Readonly<Record<string, string>>,
): Target[] {
  const { scope, access } = workspace;
  const place = `workspace "${scope.workspace}"`;
  switch (on) {
    case "secret":
      return [
        { shown: `any secret of ${place}`, request: onSecret(action, secretArn(scope, "any"), workspace) },
        ...Object.entries(named).map(([name, arn]) => ({
          shown: `secret "${name}" of ${place}`,
          request: onSecret(action, arn, workspace),
        })),
      ];
    case "everything":
      return [{ shown: `all secrets, those of ${place} too`, request: { action, resource: "*" } }];
    case "key":
      return [{ shown: `the key of ${place}`, request: onKey(action, access.keyArns[0] as string, workspace) }];
    case "role":
      return [`vantedge-${scope.workspace}-admin`, `vantedge-${scope.workspace}-owner`, "workload/any"].map((name) => ({
        shown: `the roles of ${place}`,
        request: { action, resource: `${rolesOf(scope)}${name}` },
      }));
    case "function":
      return [
        {
          shown: `the rotation functions of ${place}`,
          request: { action, resource: `${arnOf("lambda", scope)}:function:${functionStart(scope.workspace)}rotate` },
        },
      ];
  }
}

function onSecret(action: string, resource: string, { scope, access }: StackWorkspace): Target["request"] {
  const { workspace, prefix } = scope;
  const name = resource.slice(resource.indexOf(`:secret:${prefix}/`) + ":secret:".length, -"-AbCdEf".length);
  const isNew = action === "secretsmanager:CreateSecret";
  const context = {
    "secretsmanager:Name": name,
    "secretsmanager:SecretId": resource,
    "secretsmanager:KmsKeyArn": access.keyArns[0] as string,
    "secretsmanager:BlockPublicPolicy": "true",
    ...(isNew
      ? { "aws:RequestTag/vantedge-workspace": workspace, "aws:TagKeys": ["vantedge-workspace"] }
      : {
          "aws:ResourceTag/vantedge-workspace": workspace,
          "secretsmanager:ResourceTag/vantedge-workspace": workspace,
        }),
  };
  return { action, resource, context };
}

/** A stored version's id has 32 to 64 characters: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
const storedVersion = "00000000-0000-0000-0000-000000000000";

function onKey(action: string, resource: string, { scope }: StackWorkspace): Target["request"] {
  const [home] = scope.regions as [string];
  const context = {
    "kms:ViaService": `secretsmanager.${home}.amazonaws.com`,
    "kms:CallerAccount": scope.accountId,
    "kms:EncryptionContext:SecretARN": secretArn(scope, "any"),
    "kms:EncryptionContext:SecretVersionId": storedVersion,
    "kms:EncryptionContextKeys": ["SecretARN", "SecretVersionId"],
    "kms:ResourceAliases": [`alias/vantedge-${scope.workspace}`],
  };
  return { action, resource, context };
}
