import type { Language } from "../../prover/language";
import { Doubt } from "../../prover/truth";
import { type Variable, variableOf } from "../../prover/variables";
import type { Condition } from "../evaluator/conditions";
import { contextOf } from "../evaluator/context";
import type { Statement } from "../evaluator/document";
import { oneAction, oneArn, serviceOf } from "../evaluator/request";
import type { Requester } from "../evaluator/requester";
import { languagesOf, like, likeArn } from "./languages";
import { askedActions, askedResources, askedValues, type Question } from "./question";

/** What a request is made of, each with its kinds; or in one line why there are too many of them. */
export interface RequestVariables {
  action: Variable;
  resource: Variable;
  /** By the key's name in lower case. */
  keys: ReadonlyMap<string, Variable>;
}

const keyArns = "arn:*:kms:*:*:key/*";
const part = { many: false, except: ":" };
const parts = { many: true, except: ":" };

export function actionVariable(statements: readonly Statement[], question: Question): Variable | undefined {
  const form: Language = [part, parts, { oneOf: ":" }, part, parts];
  const own = statements.flatMap(({ actions }) => actions.texts.flatMap(like));
  return variableOf({
    name: "action",
    languages: [...own, ...askedActions(question), ...["kms:*", "sts:*"].flatMap(like), form],
    // Names of operations begin with a letter. A role's trust policy has rules of its own.
    within: (text) => oneAction.test(text) && /:[a-z]/.test(text) && serviceOf(text) !== "sts",
  });
}

export function resourceVariable(statements: readonly Statement[], question: Question): Variable | undefined {
  const own = statements.flatMap(({ resources }) =>
    resources.texts.flatMap((text) => [...like(text), ...likeArn(text)]),
  );
  const forms: Language[] = [[{ oneOf: "*" }], ...likeArn("arn:?*:?*:*:*:?*"), ...likeArn(keyArns)];
  return variableOf({
    name: "resource",
    languages: [...own, ...askedResources(question), ...forms],
    within: (text) => text === "*" || oneArn.test(text),
  });
}

/** A variable for each key that a condition or the question names; the name of one with too many kinds. */
export function keyVariables(
  statements: readonly Statement[],
  { context = {} }: Question,
  requester: Requester,
  accountId: string,
): ReadonlyMap<string, Variable> | string {
  const conditions = statements.flatMap((statement) => statement.conditions);
  const asked = new Map(Object.entries(context).map(([key, wanted]) => [key.toLowerCase(), askedValues(wanted)]));
  const implied = contextOf({}, requester, accountId);
  const variables = new Map<string, Variable>();
  for (const key of new Set([...conditions.map(({ key }) => key.toLowerCase()), ...asked.keys()])) {
    const own = conditions.filter((condition) => condition.key.toLowerCase() === key);
    const known = asked.has(key) ? undefined : implied(key);
    const variable =
      known === undefined || known instanceof Doubt
        ? keyVariable(key, own, asked.get(key) ?? [])
        : { name: key, witnesses: [known] };
    if (variable === undefined) return key;
    variables.set(key, variable);
  }
  return variables;
}

function keyVariable(key: string, conditions: readonly Condition[], asked: readonly Language[]): Variable | undefined {
  const isCompared = (as: Condition["compared"]) => conditions.some(({ compared }) => compared === as);
  const [isArn, isBoolean] = [isCompared("arn"), isCompared("boolean")];
  return variableOf({
    name: key,
    languages: [...conditions.flatMap(languagesOf), ...asked, ...(isArn ? likeArn("arn:?*:?*:*:*:?*") : [])],
    // A key of ARNs has no other texts, and one of truth values none but these.
    within: (text) => (!isArn || oneArn.test(text)) && (!isBoolean || /^(true|false)$/i.test(text)),
    isOptional: true,
    isSet: conditions.some(({ isOfSet }) => isOfSet),
  });
}
