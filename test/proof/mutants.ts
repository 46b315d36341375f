import type { Statement } from "../../components/aws/policyDocument";
import type { Document } from "./documents";

/** A document with one fault in it. */
export interface Mutant {
  /** What was done to which statement. */
  name: string;
  effect: string;
  /** The actions that the fault is about: no other is decided otherwise than before. */
  actions: string[];
  document: Document;
}

/** Each statement, condition and action dropped, each resource widened, each operator flipped. */
export function mutantsOf(document: Document): Mutant[] {
  return document.Statement.flatMap((statement, index) => {
    const mutant = (fault: string, ...put: Statement[]): Mutant => ({
      name: `${statement.Sid}: ${fault}`,
      effect: statement.Effect,
      actions: [statement.Action].flat(),
      document: { ...document, Statement: document.Statement.toSpliced(index, 1, ...put) },
    });
    return [
      mutant("dropped"),
      ...withoutAction(statement).map(([action, put]) => ({ ...mutant(`without ${action}`, put), actions: [action] })),
      ...wider(statement).map((put) => mutant("for every resource", put)),
      ...withoutCondition(statement).map(([condition, put]) => mutant(`without ${condition}`, put)),
      ...flipped(statement).map(([flip, put]) => mutant(flip, put)),
    ];
  });
}

function withoutAction(statement: Statement): [string, Statement][] {
  const actions = [statement.Action].flat();
  if (actions.length === 1) return [];
  return actions.map((action) => [action, { ...statement, Action: actions.filter((one) => one !== action) }]);
}

/** Who takes a role is said of that role: a trust policy names no resource. */
function wider({ NotResource, ...statement }: Statement): Statement[] {
  if (NotResource !== undefined) return [{ ...statement, NotResource: "*" }];
  if (statement.Resource === undefined) return [];
  return statement.Effect === "Allow" && statement.Resource !== "*" ? [{ ...statement, Resource: "*" }] : [];
}

/** Each operator and key by itself, and each of the exceptions of a denial. */
function withoutCondition(statement: Statement): [string, Statement][] {
  return conditionsOf(statement).flatMap(([operator, key, value]) => [
    [`${operator} ${key}`, withCondition(statement, operator, key)],
    ...(Array.isArray(value) && statement.Effect === "Deny" ? value : []).map((dropped): [string, Statement] => {
      const rest = (value as string[]).filter((one) => one !== dropped);
      return [`${operator} ${key} ${dropped}`, withCondition(statement, operator, key, [operator, rest])];
    }),
  ]);
}

function flipped(statement: Statement): [string, Statement][] {
  return conditionsOf(statement).flatMap(([operator, key, value]) =>
    flips(operator, value).map(([other, values]): [string, Statement] => [
      `${operator} ${key} as ${other === operator ? values : other}`,
      withCondition(statement, operator, key, [other, values]),
    ]),
  );
}

export type Values = string | string[];

function flips(operator: string, value: Values): [string, Values][] {
  const base = operator.split(":").at(-1) as string;
  if (/^(Bool|Null)/.test(base)) return [[operator, value === "true" ? "false" : "true"]];
  const negated: [string, Values] = [operator.replace(base, oppositeOf(base)), value];
  if (!operator.includes(":")) return [negated];
  const [set] = operator.split(":") as [string];
  const otherSet = set === "ForAnyValue" ? "ForAllValues" : "ForAnyValue";
  return [negated, [`${otherSet}:${base}`, value]];
}

function oppositeOf(operator: string): string {
  if (operator === "DateLessThan") return "DateGreaterThanEquals";
  return operator.includes("Not") ? operator.replace("Not", "") : operator.replace(/^(String|Arn)/, "$1Not");
}

export function conditionsOf({ Condition = {} }: Statement): [string, string, Values][] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]): [string, string, Values] => [operator, key, value]),
  );
}

/** The statement with another operator and other values for a key, or without it. */
export function withCondition(
  statement: Statement,
  operator: string,
  key: string,
  instead?: [operator: string, value: Values],
): Statement {
  const { [key]: _, ...others } = statement.Condition?.[operator] ?? {};
  const { [operator]: __, ...rest } = statement.Condition ?? {};
  const kept: NonNullable<Statement["Condition"]> =
    Object.keys(others).length === 0 ? rest : { ...rest, [operator]: others };
  if (instead === undefined) {
    const { Condition: ___, ...bare } = statement;
    return Object.keys(kept).length === 0 ? bare : { ...statement, Condition: kept };
  }
  const [other, value] = instead;
  return { ...statement, Condition: { ...kept, [other]: { ...kept[other], [key]: value } } };
}
