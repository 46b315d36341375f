import { at, entriesOf, hasUnknown, itemsOf, jsonOf, type Value, type Values } from "../../value";
import { type DocumentKind, documentPlaces } from "./places";

/** A statement of a policy document, in which whatever may be a list is one. What isn't known yet is left out. */
export interface Statement {
  /** Where it stands, for a message: `policy.Statement[0]`. */
  path: string;
  kind: DocumentKind;
  effect: "Allow" | "Deny" | undefined;
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  /** `{ kind: "AWS", name: "*" }`; the bare `*` is one of the kind `*`. */
  principals: Principal[];
  notPrincipals: Principal[];
  /** By operator, then by key. */
  conditions: Record<string, Record<string, string[]>>;
  /** Something in it is not known before `up`: what it lacks may be there. */
  isPartial: boolean;
}

export interface Principal {
  kind: string;
  name: string;
}

/** The statements of a resource's documents, of some kinds or of all. What is no JSON has none: the cloud refuses it. */
export function statementsOf(type: string, inputs: Values, ...kinds: DocumentKind[]): Statement[] {
  return (documentPlaces[type] ?? [])
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .flatMap(({ property, kind }) =>
      documentsAt(inputs, property).flatMap(([path, document]) => read(document, path, kind)),
    );
}

/** A role's `inlinePolicies` are several documents in one property. */
function documentsAt(inputs: Values, property: string): [string, Value][] {
  if (property !== "inlinePolicies") return [[property, inputs[property]]];
  return itemsOf(inputs[property]).map((one, index) => [`inlinePolicies[${index}].policy`, at(one, "policy")]);
}

function read(document: Value, path: string, kind: DocumentKind): Statement[] {
  const parsed = typeof document === "string" ? jsonOf(document) : document;
  return itemsOf(at(parsed, "Statement")).map((statement, index) => ({
    path: `${path}.Statement[${index}]`,
    kind,
    effect: at(statement, "Effect") as Statement["effect"],
    actions: texts(at(statement, "Action")),
    notActions: texts(at(statement, "NotAction")),
    resources: texts(at(statement, "Resource")),
    notResources: texts(at(statement, "NotResource")),
    principals: principals(at(statement, "Principal")),
    notPrincipals: principals(at(statement, "NotPrincipal")),
    conditions: conditions(at(statement, "Condition")),
    isPartial: hasUnknown(statement),
  }));
}

function texts(value: Value): string[] {
  return itemsOf(value).filter((item) => typeof item === "string");
}

function principals(value: Value): Principal[] {
  if (typeof value === "string") return [{ kind: "*", name: value }];
  return entriesOf(value).flatMap(([kind, names]) => texts(names).map((name) => ({ kind, name })));
}

function conditions(value: Value): Statement["conditions"] {
  const operators = entriesOf(value).map(([operator, keys]) => [
    operator,
    Object.fromEntries(entriesOf(keys).map(([key, wanted]) => [key, itemsOf(wanted).map(String)])),
  ]);
  return Object.fromEntries(operators);
}
