import { Listing, MemberKms } from "../../components/access";
import { deployerDocument } from "../../components/aws/deployer";
import type { Policies } from "../../components/aws/evaluator/policies";
import { keyReaders, type WorkspaceScope } from "../../components/aws/iam";
import type { Proof } from "../../components/aws/prover/prover";
import { openKey, rights, type Theorem, theoremsOf } from "../../components/aws/theorems";
import { accountId } from "../support/fixtures";
import { rolesOf } from "./cast";
import type { Recorded } from "./documents";
import { breakGlass, deployer, homeOf, recordWorkspaces, type Setting } from "./world";

/** Names of which one begins the other: what reaches too far reaches the neighbour. */
const names = ["production", "production-eu"];

/** A policy that allows everything. */
export const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" }],
});

/** Documents as text. */
interface Texts extends Policies {
  identity: string[];
  key: string;
}

/** A theorem, asked of one who it is about. */
export interface Asked {
  who: string;
  principal: string;
  theorem: Theorem;
  policies: Texts;
}

/** Every theorem for all whom it is about, in two workspaces as the components make them. */
export async function askedOf(setting: Setting): Promise<Asked[]> {
  const recorded = await recordWorkspaces(names, setting);
  return names.flatMap((name) => askedOfWorkspace(name, setting, recorded));
}

function askedOfWorkspace(name: string, setting: Setting, recorded: Recorded): Asked[] {
  const { regions, memberKms = MemberKms.ValidateOnly, listing = Listing.Account } = setting;
  const home = homeOf(name, recorded, regions);
  const adopted = name === names[0] ? (setting.adopt ?? []) : [];
  const scope: WorkspaceScope = { workspace: name, prefix: home.prefix, accountId, regions, adopted };
  const readers = [...keyReaders(scope, memberKms, {}), breakGlass];
  const key = openKey(accountId);
  const ask = (kind: string, principal: string, own: object[], at = scope, keyArns = home.keyArns, ofKey = key) =>
    theoremsOf(at, { keyArns, memberKms }, readers)
      .filter(({ who }) => (who as readonly string[]).includes(kind))
      .map((theorem): Asked => {
        const identity = own.map((document) => JSON.stringify(document));
        return {
          who: `${kind} of ${name}`,
          principal,
          theorem,
          policies: policiesFor(theorem, { accountId, identity, key: ofKey }),
        };
      });
  const spec = { existingRoles: {}, listing, ref: {} } as never;
  return [
    ...rolesOf(recorded, home).flatMap(({ kind, arn, access, guard, home: at = home }) =>
      ask(kind, arn, [...access, ...guard], { ...scope, regions: at.regions }, at.keyArns),
    ),
    ...ask("deployer", deployer, [JSON.parse(deployerDocument(scope, spec))]),
    ...recorded.keys
      .filter(({ workspace }) => workspace === name)
      .flatMap(({ arn, policy }) =>
        ask("outsider", outsider, [JSON.parse(everything)], scope, [arn], JSON.stringify(policy)),
      ),
  ];
}

const outsider = `arn:aws:iam::${accountId}:role/outsider`;

export function policiesFor(theorem: Theorem, policies: Texts): Texts {
  return theorem.documents === "rights" ? { ...policies, identity: policies.identity.flatMap(rights) } : policies;
}

/** The same with every Allow given, by the identity and by the key. */
export function withEveryAllow(policies: Texts): Texts {
  const [{ Version, Statement }, open] = [policies.key, openKey(accountId)].map((text) => JSON.parse(text)) as [
    Raw,
    Raw,
  ];
  const key = JSON.stringify({ Version, Statement: [...open.Statement, ...Statement] });
  return { ...policies, identity: [everything, ...policies.identity], key };
}

interface Raw {
  Version: string;
  Statement: RawStatement[];
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
export function* mutantsOf(asked: readonly Asked[]): Generator<{ what: string; mutant: Texts; of: Asked[] }> {
  const first = asked.filter(({ who }) => who.endsWith(" of production"));
  for (const who of new Set(first.map((one) => one.who))) {
    const of = first.filter((one) => one.who === who);
    const kind = who.split(" ")[0] as string;
    const { policies } = of.find(({ theorem }) => theorem.documents === undefined) as Asked;
    if (kind === "outsider") {
      for (const { what, document } of faultsOf(policies.key)) {
        yield { what: `key: ${what}`, mutant: { ...policies, key: document }, of };
      }
      continue;
    }
    for (const [index, given] of policies.identity.entries()) {
      for (const { what, document } of faultsOf(given)) {
        const identity = policies.identity.with(index, document);
        yield { what: `${kind}: ${what}`, mutant: { ...policies, identity }, of };
      }
    }
  }
}

function faultsOf(text: string): { what: string; document: string }[] {
  const { Version, Statement } = JSON.parse(text) as Raw;
  return Statement.flatMap((statement, index) =>
    faultsIn(statement).flatMap(({ what, statement: mutant }) => {
      const left = Statement.flatMap((one, at) => (at === index ? (mutant ?? []) : one));
      const document = JSON.stringify({ Version, Statement: left });
      return left.length === 0 ? [] : [{ what: `${statement.Sid}: ${what}`, document }];
    }),
  );
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
