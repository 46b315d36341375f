import type { Statement } from "../../components/aws/policyDocument";
import { answers } from "../support/bindings";
import { type Registered, run } from "../support/mocks";

/** A policy document of AWS, read. */
export interface Document {
  Version: string;
  Statement: Statement[];
}

/** A role with its policies: who takes it, the guard that keeps it in its workspace, and all else. */
export interface RecordedRole {
  arn: string;
  name: string;
  path: string;
  trust: Document;
  access: Document[];
  guard: Document[];
}

export interface RecordedKey {
  arn: string;
  region: string;
  workspace: string;
  policy: Document;
}

/** What a program asked AWS for that decides access. */
export interface Recorded {
  roles: RecordedRole[];
  keys: RecordedKey[];
  /** The policies of secrets, by the secret's ARN. */
  secretPolicies: Record<string, Document>;
}

/** The policies of what is accessed, beside those of who accesses. */
export type ResourcePolicies = Pick<Recorded, "keys" | "secretPolicies">;

/** Runs a program against mocks: its documents are those that the components really create. */
export async function record(program: () => unknown): Promise<Recorded> {
  const { resources } = await run(program, { calls: answers });
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  return {
    roles: ofType("aws:iam/role:Role").map((role) => roleOf(role, resources)),
    keys: ofType("aws:kms/key:Key").map(keyOf),
    secretPolicies: Object.fromEntries(
      ofType("aws:secretsmanager/secretPolicy:SecretPolicy").map(({ inputs }) => [
        inputs.secretArn,
        parse(inputs.policy),
      ]),
    ),
  };
}

function roleOf({ inputs }: Registered, resources: Registered[]): RecordedRole {
  const ofRole = (type: string) => resources.filter((one) => one.type === type && one.inputs.role === inputs.name);
  const inline = ofRole("aws:iam/rolePolicy:RolePolicy").map((policy) => policy.inputs);
  const attached = ofRole("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map((attachment) =>
    managed(attachment.inputs.policyArn, resources),
  );
  const named = (guard: boolean) =>
    [...inline, ...attached]
      .filter((policy) => (policy.name === "isolation") === guard)
      .map(({ policy }) => parse(policy));
  return {
    arn: `arn:aws:iam::111122223333:role${inputs.path}${inputs.name}`,
    name: inputs.name as string,
    path: inputs.path as string,
    trust: parse(inputs.assumeRolePolicy),
    access: named(false),
    guard: named(true),
  };
}

function managed(policyArn: unknown, resources: Registered[]): Record<string, unknown> {
  const policies = resources.filter(({ type }) => type === "aws:iam/policy:Policy").map(({ inputs }) => inputs);
  const found = policies.find(({ path, name }) => policyArn === `arn:aws:iam::111122223333:policy${path}${name}`);
  if (found === undefined) throw new Error(`the program attaches ${policyArn}, and does not make it`);
  return found;
}

function keyOf({ name, inputs }: Registered): RecordedKey {
  return {
    arn: `arn:aws:kms:${inputs.region}:111122223333:key/${name}`,
    region: inputs.region as string,
    workspace: (inputs.tags as Record<string, string>)["vantedge-workspace"] as string,
    policy: parse(inputs.policy),
  };
}

function parse(text: unknown): Document {
  return JSON.parse(text as string) as Document;
}
