import { type Actor, everything } from "./cast";
import type { Document, RecordedKey, ResourcePolicies } from "./documents";
import { type Decision, decide, type Policies, type Request } from "./simulate";

/** What is there besides the documents as created, or is missing of them: each layer must hold while others don't. */
export interface Circumstances {
  name: string;
  /** What of the roles' own documents is there. */
  access: "whole" | "allowing" | "denying" | "absent";
  guard: "there" | "absent";
  /** Whether somebody attached a policy that allows everything. */
  attached: boolean;
  /** A hostile policy of the secret, which lets somebody read and change it, or its lockdown. */
  secretPolicy: "none" | "allows the role" | "allows the session" | "lockdown";
  /** What of the key's policy is there; `opened`: with a statement, or a grant, that allows everything. */
  key: "whole" | "allowing" | "opened" | "of AWS";
}

export const asCreated: Circumstances = {
  name: "as created",
  access: "whole",
  guard: "there",
  attached: false,
  secretPolicy: "none",
  key: "whole",
};

const alone = { access: "absent", guard: "absent", attached: true, secretPolicy: "none", key: "of AWS" } as const;

/** All else is allowed by somebody else. */
export const hostile: Circumstances[] = [
  { ...asCreated, name: "with a policy attached that allows everything", attached: true },
  { ...asCreated, name: "with a secret's policy that allows the role", secretPolicy: "allows the role" },
  { ...asCreated, name: "with a secret's policy that allows the session", secretPolicy: "allows the session" },
  {
    name: "with all of that, and an opened key",
    access: "whole",
    guard: "there",
    attached: true,
    secretPolicy: "allows the session",
    key: "opened",
  },
];

/** One layer each: whatever it denies, it denies alone, and whatever it allows, it allows no more than that. */
export const layers: Circumstances[] = [
  { ...alone, name: "by what the role's document allows", access: "allowing", attached: false },
  { ...alone, name: "by what the role's document denies", access: "denying" },
  { ...alone, name: "by the guard", guard: "there" },
  { ...alone, name: "by what the key's policy allows", key: "allowing" },
  { ...alone, name: "by what the key's policy denies", key: "opened" },
  { ...alone, name: "by a secret's lockdown", secretPolicy: "lockdown" },
];

/** Documents of the same role or key are often asked for, and the simulation keeps what it has read of one. */
const parts = new WeakMap<Document, { allowing: Document; denying: Document }>();

export function partsOf(document: Document): { allowing: Document; denying: Document } {
  const found = parts.get(document);
  if (found !== undefined) return found;
  const part = (effect: string) => ({
    ...document,
    Statement: document.Statement.filter(({ Effect }) => Effect === effect),
  });
  const made = { allowing: part("Allow"), denying: part("Deny") };
  parts.set(document, made);
  return made;
}

/** Decides a request in given circumstances. */
export async function decideIn(
  circumstances: Circumstances,
  actor: Actor,
  request: Request,
  resources: ResourcePolicies,
): Promise<Decision> {
  return decide(actor, request, policiesIn(circumstances, actor, request, resources));
}

function policiesIn(
  { access, guard, attached, secretPolicy, key }: Circumstances,
  actor: Actor,
  { resource }: Request,
  { keys, secretPolicies }: ResourcePolicies,
): Policies {
  const identity = [
    ...(access === "absent" ? [] : actor.access.map((document) => cut(document, access))),
    ...(guard === "absent" ? [] : actor.guard),
    ...(attached || actor.privileged ? [everything] : []),
  ].filter((document) => document.Statement.length > 0);
  const owner = keys.find(({ arn }) => arn === resource);
  if (resource.includes(":kms:")) return { identity, resource: keyPolicy(key, owner) };
  if (!resource.includes(":secret:") || secretPolicy === "none") return { identity };
  if (secretPolicy === "lockdown") {
    const lockdown = lockdownOf(resource, secretPolicies);
    return lockdown === undefined ? { identity } : { identity, resource: lockdown };
  }
  return { identity, resource: hostilePolicy(secretPolicy === "allows the role" ? actor.arn : actor.session) };
}

/** A workspace's lockdowns say the same: one stands for those of all its secrets. */
function lockdownOf(arn: string, policies: ResourcePolicies["secretPolicies"]): Document | undefined {
  const ofWorkspace = (of: string) => of.split(":").at(-1)?.split("/").slice(0, -1).join("/");
  return Object.entries(policies).find(([of]) => ofWorkspace(of) === ofWorkspace(arn))?.[1];
}

function cut(document: Document, access: "whole" | "allowing" | "denying"): Document {
  return access === "whole" ? document : partsOf(document)[access];
}

const ofAws: Document = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Enable IAM User Permissions",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};

/** The policy of the key `aws/secretsmanager`, as AWS makes it. */
const ofAwsManagedKey: Document = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Allow access through AWS Secrets Manager for all principals in the account",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: [
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncrypt*",
        "kms:GenerateDataKey*",
        "kms:CreateGrant",
        "kms:DescribeKey",
      ],
      Resource: "*",
      Condition: {
        StringEquals: {
          "kms:CallerAccount": "111122223333",
          "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
        },
      },
    },
  ],
};

const opened = new WeakMap<Document, Document>();

function keyPolicy(key: Circumstances["key"], owner: RecordedKey | undefined): Document {
  if (owner === undefined) return ofAwsManagedKey;
  const document = owner.policy;
  switch (key) {
    case "whole":
      return document;
    case "allowing":
      return partsOf(document).allowing;
    case "of AWS":
      return ofAws;
    case "opened": {
      const found = opened.get(document) ?? {
        ...document,
        Statement: [...ofAws.Statement, ...document.Statement],
      };
      opened.set(document, found);
      return found;
    }
  }
}

/** What whoever may write a secret's policy could put there (facts/iam.md 1.3). */
function hostilePolicy(principal: string): Document {
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Hostile", Effect: "Allow", Principal: { AWS: principal }, Action: "secretsmanager:*", Resource: "*" },
    ],
  };
}
