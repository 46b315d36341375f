import type { PolicyText } from "../../components/aws/evaluator/document";
import { evaluator } from "../../components/aws/evaluator/evaluator";
import { roleArn } from "../../components/aws/iam";
import { allows, type Permission, roleNames } from "../../components/roles";
import type { Finding } from "../rule";
import { linked, type Stack, type StackResource } from "../stack";
import { itemsOf } from "../value";
import { workspaceType } from "../vantedge/workspaces/workspaces";
import { atWorst } from "./atWorst";
import { textOf } from "./holders";
import { makerOf, ownerOf } from "./owners";
import { matrixActions, targetsOf } from "./requests";
import type { StackWorkspace } from "./workspaces";

const secretType = "aws:secretsmanager/secret:Secret";
const keyType = "aws:kms/key:Key";
const everything = [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }];

/** Policies of secrets and keys, and grants on keys, that the workspaces' components did not make. */
export function resourcePolicyFindings(stack: Stack, workspaces: readonly StackWorkspace[]): Finding[] {
  return [
    ...stack.ofType("aws:secretsmanager/secretPolicy:SecretPolicy").flatMap((policy) => {
      const secrets = linked(stack, policy, "secretArn", secretType);
      if (secrets.length > 0) return secrets.flatMap((secret) => ofSecret(policy, nameOf(secret), workspaces));
      const { secretArn } = policy.values;
      return ofSecret(policy, typeof secretArn === "string" ? secretArn.split(":secret:")[1] : undefined, workspaces);
    }),
    ...stack.ofType(secretType).flatMap((secret) => ofSecret(secret, nameOf(secret), workspaces)),
    ...stack.ofType("aws:kms/keyPolicy:KeyPolicy").flatMap((policy) => ofKey(stack, policy, workspaces)),
    ...stack.ofType("aws:kms/grant:Grant").flatMap((grant) => grantFindings(stack, grant, workspaces)),
  ];
}

function nameOf({ values: { name, namePrefix } }: StackResource): string | undefined {
  return [name, namePrefix].find((one) => typeof one === "string");
}

function ofSecret(at: StackResource, name: string | undefined, workspaces: readonly StackWorkspace[]): Finding[] {
  const workspace = workspaces.find(({ scope }) => name?.startsWith(`${scope.prefix}/${scope.workspace}/`));
  if (workspace === undefined || makerOf(at) !== undefined) return [];
  return judged(at, workspace, "secret", (resource, accountId, identity) =>
    evaluator({ accountId, identity, resource }),
  );
}

function ofKey(stack: Stack, policy: StackResource, workspaces: readonly StackWorkspace[]): Finding[] {
  const workspace = workspaceOfKey(stack, policy, workspaces);
  if (workspace === undefined) return [];
  // A key's policy may leave it to IAM, and there somebody may have everything.
  return judged(policy, workspace, "key", (key, accountId) => evaluator({ accountId, identity: everything, key }));
}

/** Whom a policy lets do what the matrix gives to others only: one finding for each statement and party. */
function judged(
  at: StackResource,
  workspace: StackWorkspace,
  on: "secret" | "key",
  evaluatorOf: (document: PolicyText, accountId: string, identity: PolicyText[]) => ReturnType<typeof evaluator>,
): Finding[] {
  const text = textOf(at.values.policy);
  const document = text === undefined ? undefined : atWorst(text);
  if (document === undefined) return [];
  const { accountId } = workspace.scope;
  // Who is of another account has rights of their own there, which nobody here sees.
  const [ofAccount, ofOthers] = [evaluatorOf(document, accountId, []), evaluatorOf(document, accountId, everything)];
  const actions = matrixActions.filter((one) => one.on === on);
  return partiesOf(document, workspace).flatMap(({ shown, arn, may }) =>
    actions
      .filter(({ needs }) => !may(needs))
      .flatMap((action) => {
        const [target] = targetsOf(action, workspace, {});
        if (target === undefined) return [];
        const decide = arn.includes(`::${accountId}:`) ? ofAccount : ofOthers;
        const { decision, by } = decide({ ...target.request, principal: arn });
        const place = decision === "allowed" ? by.find(({ policy }) => policy !== "identity") : undefined;
        if (place === undefined) return [];
        const statement = place.statement === undefined ? "policy" : `policy.Statement[${place.statement}]`;
        return [{ shown, text: `${statement} lets ${shown} do ${action.action} on ${onWhat(on, workspace)}` }];
      })
      // One action tells enough: a statement mostly allows many.
      .slice(0, 1)
      .map(({ text: problem }) => ({ resource: at, problem: `${problem}, which the role matrix withholds` })),
  );
}

function onWhat(on: "secret" | "key", { scope }: StackWorkspace): string {
  return on === "secret" ? `a secret of workspace "${scope.workspace}"` : `the key of workspace "${scope.workspace}"`;
}

interface Named {
  shown: string;
  arn: string;
  may(permission: Permission): boolean;
}

/** The workspace's roles that read nothing, everybody else of the account, another account, and whoever is named. */
function partiesOf(document: object, { scope }: StackWorkspace): Named[] {
  const roles = roleNames.map((role) => ({
    shown: `${role} of workspace "${scope.workspace}"`,
    arn: roleArn(scope, role),
    may: (permission: Permission) => allows(role, permission),
  }));
  const known = new Set(roles.map(({ arn }) => arn));
  const nobody = () => false;
  const named = [...new Set(principalsIn(document))]
    .map((name) => (/^\d{12}$/.test(name) ? `arn:aws:iam::${name}:role/anybody` : name))
    .filter((arn) => /:(user|role|assumed-role)\//.test(arn) && !known.has(arn) && !/[*?]/.test(arn))
    .map((arn) => ({ shown: "a principal that it names", arn, may: nobody }));
  const anybody = [
    { shown: "everybody in the account", arn: `arn:aws:iam::${scope.accountId}:role/anybody`, may: nobody },
    { shown: "other accounts", arn: "arn:aws:iam::000000000000:role/anybody", may: nobody },
  ];
  return [...roles, ...named, ...anybody];
}

/** Whom a policy names as a principal, or asks for in a condition. */
function principalsIn(document: object): string[] {
  const { Statement } = document as {
    Statement: {
      Principal?: string | Record<string, string | string[]>;
      Condition?: Record<string, Record<string, string | string[]>>;
    }[];
  };
  return Statement.flatMap(({ Principal, Condition = {} }) => [
    ...(typeof Principal === "object" && Principal !== null ? [Principal["AWS"] ?? []].flat() : []),
    ...Object.values(Condition)
      .flatMap((keys) => Object.entries(keys))
      .flatMap(([key, wanted]) =>
        /^(aws:Principal(Arn|Account)|kms:CallerAccount)$/i.test(key) ? [wanted].flat() : [],
      ),
  ]);
}

/** A grant needs no policy beside it: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
function grantFindings(stack: Stack, grant: StackResource, workspaces: readonly StackWorkspace[]): Finding[] {
  const workspace = workspaceOfKey(stack, grant, workspaces);
  if (workspace === undefined) return [];
  const reading = ["Decrypt", "ReEncryptFrom", "CreateGrant"];
  const operations = reading.filter((operation) => itemsOf(grant.values.operations).includes(operation));
  if (operations.length === 0) return [];
  const actions = operations.map((operation) => `kms:${operation}`).join(", ");
  return [
    {
      resource: grant,
      problem: `operations lets its granteePrincipal do ${actions} on ${onWhat("key", workspace)}, which the role matrix withholds`,
    },
  ];
}

function workspaceOfKey(
  stack: Stack,
  resource: StackResource,
  workspaces: readonly StackWorkspace[],
): StackWorkspace | undefined {
  const keys = linked(stack, resource, "keyId", keyType);
  const owners = [...keys.map(ownerOf), ...resource.referredBy("keyId").filter(({ type }) => type === workspaceType)];
  const { keyId } = resource.values;
  return workspaces.find(
    ({ resource: own, access }) =>
      owners.includes(own) || (typeof keyId === "string" && access.keyArns.includes(keyId)),
  );
}
