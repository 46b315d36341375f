import * as fc from "fast-check";
import { Listing, MemberKms } from "../../../components/access";
import type { Policies } from "../../../components/aws/evaluator/policies";
import type { AccessRequest } from "../../../components/aws/evaluator/request";
import {
  type Access,
  accessStatements,
  adoptedStatements,
  isolationDocument,
  keyDocument,
  roleName,
  rolePath,
  rotatorDocument,
  type WorkspaceScope,
} from "../../../components/aws/iam";
import { policyDocument } from "../../../components/aws/policyDocument";
import { type RoleName, roleNames } from "../../../components/roles";
import { condition } from "./conditions";
import { account, actionNames, key, keys, named, request, secrets } from "./facts";

/** Policies, and requests that they decide. */
export interface Draw {
  policies: Policies;
  requests: AccessRequest[];
}

const oneOrSome = <T>(items: readonly T[], most: number) =>
  fc.oneof(
    fc.constantFrom(...items),
    fc.subarray([...items], { minLength: 1, maxLength: Math.min(most, items.length) }),
  );

const actionPatterns = [
  ...actionNames,
  "*",
  "secretsmanager:*",
  "secretsmanager:Get*",
  "SECRETSMANAGER:getsecretvalue",
  "secretsmanager:?et*Value",
  "secretsmanager:*Secret*",
  "kms:*",
  "kms:*crypt",
  "kms:GenerateDataKey*",
];
const resourcePatterns = [
  "*",
  ...secrets,
  ...keys,
  `arn:aws:secretsmanager:us-east-1:${account}:secret:vantedge/production/*`,
  `arn:aws:secretsmanager:us-east-1:${account}:secret:vantedge/production*`,
  `arn:aws:secretsmanager:*:${account}:secret:vantedge/*/openai-??????`,
  "arn:aws:secretsmanager:*:*:secret:*",
  `arn:aws:secretsmanager:us-????-1:${account}:secret:vantedge/staging/*`,
  "arn:aws:secretsmanager:us-east-1:111122223333:secret:vantedge/${aws:PrincipalTag/workspace}/*",
  `arn:aws:kms:*:${account}:key/*`,
  `arn:aws:kms:us-east-1:${account}:*`,
];

const effect = fc.constantFrom("Allow", "Allow", "Allow", "Deny");

const base = fc
  .record({
    Effect: effect,
    actions: oneOrSome(actionPatterns, 12),
    notAction: fc.constantFrom(false, false, false, true),
    resources: fc.oneof(fc.constant("*"), oneOrSome(resourcePatterns, 6)),
    notResource: fc.constantFrom(false, false, false, true),
    Condition: fc.oneof(fc.constant({}), condition),
  })
  .map(({ Effect, actions, notAction, resources, notResource, Condition }) => ({
    Effect,
    [notAction ? "NotAction" : "Action"]: actions,
    [notResource ? "NotResource" : "Resource"]: resources,
    ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
  }));

const principalElement = fc.oneof(
  { arbitrary: fc.constant("*"), weight: 1 },
  { arbitrary: fc.constant({ AWS: "*" }), weight: 1 },
  { arbitrary: oneOrSome(named, 4).map((AWS) => ({ AWS })), weight: 6 },
  { arbitrary: fc.constant({ Service: "secretsmanager.amazonaws.com" }), weight: 1 },
  {
    arbitrary: oneOrSome(named, 2).map((AWS) => ({ AWS, Federated: `arn:aws:iam::${account}:saml-provider/sso` })),
    weight: 1,
  },
);

const document = <T>(statement: fc.Arbitrary<T>) =>
  fc.array(statement, { minLength: 1, maxLength: 3 }).map((Statement) => ({ Version: "2012-10-17", Statement }));

const identityDocument = document(base);
const ownDocument = document(
  fc
    .record({ statement: base, Principal: principalElement, all: fc.boolean() })
    .map(({ statement, Principal, all }) => {
      const { NotResource: _, Resource, ...rest } = statement as Record<string, unknown>;
      return { ...(all || Resource === undefined ? { ...rest, Resource: "*" } : statement), Principal };
    }),
);
const perhaps = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2, nil: undefined });

/** Small policies of any kind, over every operator, and requests of anybody. */
export const anyPolicies: fc.Arbitrary<Draw> = fc.record({
  policies: fc
    .record({
      identity: fc.array(identityDocument, { minLength: 1, maxLength: 2 }),
      boundary: perhaps(identityDocument),
      resource: perhaps(ownDocument),
      key: ownDocument,
    })
    .map(present),
  requests: fc.array(request(), { minLength: 10, maxLength: 10 }),
});

/** An existing secret that joined the workspace, with its key. */
const adopted = [{ secretName: "legacy-db", arn: secrets[4] as string, keyArn: key("staging") }];

/** The package's own documents of one role, alone or with others' policies beside them. */
export const ownPolicies: fc.Arbitrary<Draw> = fc
  .record({
    role: fc.constantFrom<RoleName | "rotator">(...roleNames, "rotator"),
    regions: fc.constantFrom(["us-east-1"], ["us-east-1", "eu-west-1"]),
    adopted: fc.constantFrom([], adopted),
    listing: fc.constantFrom<Listing>(Listing.Account, Listing.None),
    memberKms: fc.constantFrom<MemberKms>(...Object.values(MemberKms)),
    beside: fc.array(identityDocument, { maxLength: 1 }),
    boundary: perhaps(identityDocument),
    resource: perhaps(ownDocument),
    session: fc.boolean(),
  })
  .chain(({ role, regions, adopted, listing, memberKms, beside, boundary, resource, session }) => {
    const scope: WorkspaceScope = { workspace: "production", prefix: "vantedge", accountId: account, regions, adopted };
    const access = { listing, memberKms, keyArns: regions.map((region) => key("production", region)) };
    const name = roleName("production", role);
    const arn = `arn:aws:iam::${account}:role${rolePath("production")}${role === "rotator" ? "rotation/" : ""}${name}`;
    const principal = session ? `arn:aws:sts::${account}:assumed-role/${name}/two` : arn;
    const policies = present({
      identity: [rights(role, scope, access), isolationDocument(scope, access.keyArns), ...beside],
      boundary,
      resource,
      key: keyDocument(scope, memberKms, {}, [`arn:aws:iam::${account}:role/ci`]),
    });
    return fc.record({
      policies: fc.constant(policies),
      requests: fc.array(inOwnWorkspace(request([{ arn, principal }])), { minLength: 10, maxLength: 10 }),
    });
  });

function rights(role: RoleName | "rotator", scope: WorkspaceScope, access: Access): string {
  return role === "rotator"
    ? rotatorDocument(scope, access.keyArns)
    : policyDocument([...accessStatements(role, scope, access), ...adoptedStatements(role, scope, access)]);
}

/** Half of the requests have what the workspace asks for, else nearly none would be allowed. */
function inOwnWorkspace(drawn: fc.Arbitrary<AccessRequest>): fc.Arbitrary<AccessRequest> {
  return fc.tuple(drawn, fc.boolean()).map(([asked, own]) => (own ? { ...asked, ...owned(asked) } : asked));
}

function owned({ action, resource, context }: AccessRequest): Partial<AccessRequest> {
  const secretArn = secrets[0] as string;
  const kept = Object.fromEntries(
    Object.entries(context ?? {}).filter(([name]) => !/^secretsmanager:(Add|KmsKeyId)|TagKeys/.test(name)),
  );
  const tag = { "aws:ResourceTag/vantedge-workspace": "production" };
  const rotated = {
    "secretsmanager:resource/AllowRotationLambdaArn":
      "arn:aws:lambda:us-east-1:111122223333:function:vantedge-production-rotate",
  };
  if (action.startsWith("kms:")) {
    const via = {
      "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
      "kms:EncryptionContext:SecretARN": secretArn,
    };
    const used = /Decrypt|Encrypt|DataKey/.test(action);
    return resource === "*" ? {} : { resource: key("production"), context: { ...kept, ...tag, ...(used ? via : {}) } };
  }
  const created = {
    "aws:RequestTag/vantedge-workspace": "production",
    "secretsmanager:Name": "vantedge/production/openai",
    "secretsmanager:KmsKeyArn": key("production"),
  };
  return {
    resource: resource === "*" ? "*" : secretArn,
    context: {
      ...kept,
      ...tag,
      ...(action.endsWith("CreateSecret") ? created : {}),
      ...(resource !== "*" && !action.endsWith("CreateSecret") ? rotated : {}),
    },
  };
}

type Undefined<T> = { [K in keyof T]: T[K] | undefined };

function present(given: Undefined<Omit<Policies, "accountId">>): Policies {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return { accountId: account, ...Object.fromEntries(known) } as Policies;
}
