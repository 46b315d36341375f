import { Listing, MemberKms } from "../../components/access";
import { deployerDocument } from "../../components/aws/deployer";
import type { Policies } from "../../components/aws/evaluator/policies";
import { keyReaders, type WorkspaceScope } from "../../components/aws/iam";
import type { Proof } from "../../components/aws/prover/prover";
import { type Theorem, theoremsOf } from "../../components/aws/theorems";
import { accountId } from "../support/fixtures";
import { rolesOf } from "./cast";
import type { Recorded } from "./documents";
import { breakGlass, deployer, homeOf, recordWorkspaces } from "./world";

/** Names of which one begins the other: what reaches too far reaches the neighbour. */
const names = ["production", "production-eu"];

/** A key that keeps nobody out: what is proved beside it rests on the documents of who asks. */
export const openKey = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Open",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};

/** A policy that allows everything. */
export const everything = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" }],
};

/** A theorem, asked of one who it is about. */
export interface Asked {
  who: string;
  principal: string;
  theorem: Theorem;
  policies: Policies;
}

/** Every theorem for all whom it is about, in two workspaces as the components make them. */
export async function askedOf(regions: string[]): Promise<Asked[]> {
  const recorded = await recordWorkspaces(names, { regions });
  return names.flatMap((name) => {
    const home = homeOf(name, recorded, regions);
    const scope: WorkspaceScope = { workspace: name, prefix: home.prefix, accountId, regions, adopted: [] };
    const readers = [...keyReaders(scope, MemberKms.ValidateOnly, {}), breakGlass];
    const ask = (
      who: string,
      kind: string,
      principal: string,
      policies: Policies,
      at: WorkspaceScope,
      keys: string[],
    ) =>
      theoremsOf(at, keys, readers)
        .filter((theorem) => (theorem.who as readonly string[]).includes(kind))
        .map(
          (theorem): Asked => ({
            who: `${who} of ${name}`,
            principal,
            theorem,
            policies: documentsFor(theorem, policies),
          }),
        );
    const roles = rolesOf(recorded, home).flatMap(({ kind, arn, access, guard, home: at = home }) =>
      ask(
        kind,
        kind,
        arn,
        { accountId, identity: [...access, ...guard], key: openKey },
        { ...scope, regions: at.regions },
        at.keyArns,
      ),
    );
    const document = JSON.parse(
      deployerDocument(scope, { existingRoles: {}, listing: Listing.Account, ref: {} } as never),
    );
    return [
      ...roles,
      ...ask("deployer", "deployer", deployer, { accountId, identity: [document], key: openKey }, scope, home.keyArns),
      ...keysOf(recorded, name).flatMap(({ arn, policy }) =>
        ask(
          "outsider",
          "outsider",
          `arn:aws:iam::${accountId}:role/outsider`,
          { accountId, identity: [everything], key: policy },
          scope,
          [arn],
        ),
      ),
    ];
  });
}

export function documentsFor({ documents }: Theorem, policies: Policies): Policies {
  return documents === "rights" ? { ...policies, identity: policies.identity.flatMap(rights) } : policies;
}

/** The statements that allow, in a document of their own; none where there is none. */
export function rights(document: string | object): object[] {
  const { Version, Statement } = document as { Version: string; Statement: RawStatement[] };
  const allowing = Statement.filter(({ Effect }) => Effect === "Allow");
  return allowing.length === 0 ? [] : [{ Version, Statement: allowing }];
}

/** The same with every Allow given, by the identity and by the key. */
export function withEveryAllow(policies: Policies): Policies {
  const key = policies.key as typeof openKey;
  const { Version, Statement } = key;
  return {
    ...policies,
    identity: [everything, ...policies.identity],
    key: { Version, Statement: [...openKey.Statement, ...Statement] },
  };
}

function keysOf({ keys }: Recorded, name: string) {
  return keys.filter(({ workspace }) => workspace === name);
}

export function told({ who, theorem }: Asked, proof: Proof): string {
  return `${theorem.id} of ${who}: ${JSON.stringify(proof.answer === "counterExample" ? proof.request : proof)}`;
}

interface RawStatement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Action: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
}

interface Fault {
  what: string;
  statement: RawStatement | undefined;
}

/** Documents with one fault each, and the theorems that are about who has them. */
export function* mutantsOf(asked: readonly Asked[]): Generator<{ what: string; mutant: Policies; of: Asked[] }> {
  const first = asked.filter(({ who }) => who.endsWith(" of production"));
  for (const who of new Set(first.map((one) => one.who))) {
    const of = first.filter((one) => one.who === who);
    const { policies } = of[0] as Asked;
    const kind = who.split(" ")[0] as string;
    if (kind === "outsider") {
      for (const { what, document } of faultsOf(policies.key as object))
        yield { what: `key: ${what}`, mutant: { ...policies, key: document }, of };
      continue;
    }
    for (const [index, given] of policies.identity.entries()) {
      for (const { what, document } of faultsOf(given as object)) {
        const identity = policies.identity.map((one, at) => (at === index ? document : one));
        yield { what: `${kind}: ${what}`, mutant: { ...policies, identity }, of };
      }
    }
  }
}

function faultsOf(document: object): { what: string; document: object }[] {
  const { Version, Statement } = document as { Version: string; Statement: RawStatement[] };
  return Statement.flatMap((statement, index) =>
    faultsIn(statement).map(({ what, statement: mutant }) => ({
      what: `${statement.Sid}: ${what}`,
      document: { Version, Statement: Statement.flatMap((one, at) => (at !== index ? one : (mutant ?? []))) },
    })),
  ).filter(({ document: { Statement: left } }) => left.length > 0);
}

/** Each makes the document weaker: a denial that says less, a right that says more. */
function faultsIn(statement: RawStatement): Fault[] {
  const { Effect, Action, Condition = {} } = statement;
  if (Effect === "Deny") {
    const actions = [Action].flat();
    return [
      { what: "is not there", statement: undefined },
      ...(actions.length < 2
        ? []
        : actions.map((one) => ({
            what: `denies ${one} no more`,
            statement: { ...statement, Action: actions.filter((other) => other !== one) },
          }))),
      ...(statement.NotResource === undefined
        ? []
        : [
            {
              what: "leaves every resource out",
              statement: { ...statement, NotResource: "*" },
            },
          ]),
    ];
  }
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => [operator, key] as const),
  );
  return [
    ...(statement.Resource === "*"
      ? []
      : [{ what: "is about every resource", statement: { ...statement, Resource: "*" } }]),
    ...conditions.map(([operator, key]) => ({
      what: `asks no more for ${operator} ${key}`,
      statement: { ...statement, Condition: without(Condition, operator, key) },
    })),
  ];
}

function without(condition: Record<string, Record<string, unknown>>, operator: string, key: string) {
  const { [key]: _, ...others } = condition[operator] as Record<string, unknown>;
  const { [operator]: __, ...rest } = condition;
  return Object.keys(others).length === 0 ? rest : { ...rest, [operator]: others };
}

/** Faults that no theorem tells, since something else keeps the promise as well; and what that is. */
export const redundant: Record<string, string> = {
  ...forEach(["viewer", "member"], {
    "IsoName: denies secretsmanager:A* no more": "NeverRead denies it on every secret",
    "NeverPublic: is not there": "NeverRead denies PutResourcePolicy",
    "OwnFunctionsOnly: is not there": "NeverRead denies RotateSecret",
    "OwnFunctionsByDefault: is not there": "NeverRead denies RotateSecret",
  }),
  ...forEach(["admin", "owner"], {
    "KeyValidate: asks no more for StringEquals kms:EncryptionContext:SecretVersionId":
      "KeyRead lets them decrypt values as well",
  }),
  ...forEach(["deployer"], {
    "KeyWrite: is about every resource": "the tag decides, and another account's key has a policy of its own",
    "KeyValidate: is about every resource": "the tag decides, and another account's key has a policy of its own",
  }),
  ...forEach(["key"], {
    "UseThroughSecretsManager: asks no more for StringEquals kms:CallerAccount":
      "it is for the account's principals only",
    "UseThroughSecretsManager: asks no more for StringEquals kms:ViaService": "DenyDirect denies the rest",
    "UseThroughSecretsManager: asks no more for StringLike kms:EncryptionContext:SecretARN":
      "DenyForeignSecret denies the rest",
  }),
};

function forEach(kinds: string[], faults: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    kinds.flatMap((kind) => Object.entries(faults).map(([fault, why]) => [`${kind}: ${fault}`, why])),
  );
}
