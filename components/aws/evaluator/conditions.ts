import { Doubt, every, not, some, type Truth } from "../../prover/truth";
import type { Context } from "./context";
import { type Operator, operators } from "./operators";
import { type Pattern, pattern } from "./patterns";

/** One key of one operator in a Condition. */
export interface Condition {
  key: string;
  /** How the texts are compared with a value of the key, or whether it has one; undefined where the operator isn't known. */
  compared: Operator["compared"] | "presence" | undefined;
  texts: readonly string[];
  /** Whether the operator is about all values that the key has at once. */
  isOfSet: boolean;
  isMet: (context: Context) => Truth;
}

type SetOperator = "ForAllValues" | "ForAnyValue" | undefined;

/** All of them must hold: each key of each operator. */
export function conditions(block: Record<string, Record<string, readonly string[]>>, version: string): Condition[] {
  return Object.entries(block).flatMap(([name, keys]) =>
    Object.entries(keys).map(([key, values]) => condition(name, key, values, version)),
  );
}

function condition(name: string, key: string, values: readonly string[], version: string): Condition {
  const about = { key, texts: values, isOfSet: name.includes(":") };
  if (name === "Null") return { ...about, compared: "presence", isMet: isNull(key, values) };
  const [, set, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = Object.hasOwn(operators, base) ? operators[base] : undefined;
  if (operator === undefined) {
    return {
      ...about,
      compared: undefined,
      isMet: () => new Doubt(`this evaluator doesn't know the operator ${name}`),
    };
  }
  const { compared } = operator;
  if (!operator.variables && values.some((value) => value.includes("${"))) {
    return { ...about, compared, isMet: () => new Doubt(`this evaluator knows no policy variables in ${name}`) };
  }
  const wanted = values.map((value) => pattern(value, version));
  const isMet = (context: Context) => {
    const given = context(key);
    if (given instanceof Doubt) return given;
    return given === undefined
      ? whenMissing(operator, set as SetOperator, ifExists !== undefined)
      : whenGiven(operator, set as SetOperator, key, wanted, given, context);
  };
  return { ...about, compared, isMet };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null */
function isNull(key: string, values: readonly string[]): Condition["isMet"] {
  if (values.some((value) => value !== "true" && value !== "false")) {
    return () => new Doubt("Null takes true or false");
  }
  return (context) => {
    const given = context(key);
    if (given instanceof Doubt) return given;
    return given === "" ? emptyText(key) : values.includes(String(given === undefined));
  };
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html: no value at all is
 * among any, and any is not among none. Of ForAnyValue with IfExists the documentation says both.
 */
function whenMissing({ negated }: Operator, set: SetOperator, ifExists: boolean): Truth {
  if (set === "ForAnyValue") {
    return ifExists ? new Doubt("ForAnyValue with IfExists isn't documented for a key that is missing") : false;
  }
  return ifExists || set === "ForAllValues" || negated;
}

function whenGiven(
  { matches, negated }: Operator,
  set: SetOperator,
  key: string,
  wanted: readonly Pattern[],
  given: string | readonly string[],
  context: Context,
): Truth {
  const holds = (value: string): Truth => {
    const found = some(wanted, (text) => {
      const tokens = text(context);
      return tokens instanceof Doubt ? tokens : matches(tokens, value);
    });
    return negated ? not(found) : found;
  };
  if (set === undefined) {
    return typeof given === "string"
      ? holds(given)
      : new Doubt(`${key} has several values, and the operator compares one`);
  }
  const values = [given].flat();
  if (values.includes("")) return emptyText(key);
  return set === "ForAllValues" ? every(values, holds) : some(values, holds);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html: it may count as null. */
function emptyText(key: string): Doubt {
  return new Doubt(`${key} is an empty text, which AWS may take for no value`);
}
