import * as peggy from "peggy";

/**
 * The Logging query language, as far as our filters use it: https://cloud.google.com/logging/docs/view/logging-query-language.
 * Words without a field and functions are a syntax error here.
 */
export type Query =
  | { kind: "and" | "or"; parts: Query[] }
  | { kind: "not"; part: Query }
  | { kind: "comparison"; path: string[]; operator: Operator; value: Value };

export type Operator = "=" | "!=" | ":" | "=~" | "!~" | "<" | "<=" | ">" | ">=";

/** A value, or several of them in parentheses, each compared for itself. */
export type Value =
  | { kind: "and" | "or"; parts: Value[] }
  | { kind: "not"; part: Value }
  | { kind: "text"; text: string }
  | { kind: "anything" };

export type LogEntry = { [field: string]: unknown };

/** OR binds more tightly than AND, and an AND may be left out. */
const grammar = String.raw`
  {{
    const joined = (kind, first, rest) => rest.length === 0 ? first : { kind, parts: [first, ...rest] };
  }}
  Query = _ query:And _ { return query }
  And = first:Or rest:(And_ @Or)* { return joined("and", first, rest) }
  Or = first:Not rest:(_ "OR" End _ @Not)* { return joined("or", first, rest) }
  Not = Not_ part:Not { return { kind: "not", part } } / "(" _ @And _ ")" / Comparison
  Comparison = path:Path _ operator:Operator _ value:Value { return { kind: "comparison", path, operator, value } }
  Operator = "=~" / "!~" / "!=" / "<=" / ">=" / "=" / ":" / "<" / ">"
  Path = first:(Quoted / Name) rest:("." @(Quoted / Name))* { return [first, ...rest] }
  Name = !Word @$[A-Za-z0-9_@-]+

  Value = "(" _ @ValueAnd _ ")" / "*" { return { kind: "anything" } } / Text
  ValueAnd = first:ValueOr rest:(And_ @ValueOr)* { return joined("and", first, rest) }
  ValueOr = first:ValueNot rest:(_ "OR" End _ @ValueNot)* { return joined("or", first, rest) }
  ValueNot = Not_ part:ValueNot { return { kind: "not", part } } / Value
  Text = text:(Quoted / Number / Bare) { return { kind: "text", text } }
  Number = $("-"? [0-9]+ ("." [0-9]+)?)
  Bare = !Word @$([^ \t\r\n()"~=:<>,.*+-] [^ \t\r\n()"~=:<>,.*]*)
  Quoted = '"' parts:(Escape / [^"\\])* '"' { return parts.join("") }
  Escape = "\\" @["\\]

  And_ = _ "AND" End _ / __
  Not_ = "NOT" End _ / "-"
  Word = ("AND" / "OR" / "NOT") End
  End = ![A-Za-z0-9_]
  _ = Space*
  __ = Space+
  Space = [ \t\r\n] / "--" [^\n]*
`;
const parser = peggy.generate(grammar);

export function parse(query: string): Query {
  return parser.parse(query) as Query;
}

export function matches(query: Query, entry: LogEntry): boolean {
  switch (query.kind) {
    case "and":
      return query.parts.every((part) => matches(part, entry));
    case "or":
      return query.parts.some((part) => matches(part, entry));
    case "not":
      return !matches(query.part, entry);
    case "comparison":
      return compares(query.operator, query.value, fieldsAt(query.path, entry));
  }
}

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry */
const known = [
  ...["httpRequest", "insertId", "jsonPayload", "labels", "logName", "metadata", "operation", "protoPayload"],
  ...["receiveTimestamp", "resource", "severity", "sourceLocation", "spanId", "textPayload", "timestamp", "trace"],
];

/** What stands at a path: each member of an array for itself, nothing where the field is missing. */
function fieldsAt(path: string[], entry: LogEntry): unknown[] {
  const first = path[0] as string;
  if (!known.includes(first)) throw new Error(`a log entry has no field ${first}`);
  return path.reduce<unknown[]>((nodes, name) => nodes.flatMap((node) => membersOf(node, name)), [entry]);
}

function membersOf(node: unknown, name: string): unknown[] {
  if (typeof node !== "object" || node === null || !Object.hasOwn(node, name)) return [];
  const field = (node as LogEntry)[name];
  return Array.isArray(field) ? field : [field];
}

/** Of a missing field no comparison is true, not even that it is different. */
function compares(operator: Operator, value: Value, fields: unknown[]): boolean {
  switch (value.kind) {
    case "and":
      return value.parts.every((part) => compares(operator, part, fields));
    case "or":
      return value.parts.some((part) => compares(operator, part, fields));
    case "not":
      return !compares(operator, value.part, fields);
    case "anything":
      if (operator !== ":") throw new Error(`* goes with : alone, not with ${operator}`);
      return fields.length > 0;
    case "text":
      return fields.some((field) => comparesOne(operator, value.text, field));
  }
}

function comparesOne(operator: Operator, text: string, field: unknown): boolean {
  switch (operator) {
    case "=~":
      return typeof field === "string" && new RegExp(text, "u").test(field);
    case "!~":
      return typeof field === "string" && !new RegExp(text, "u").test(field);
    case ":":
      return typeof field === "string" ? folded(field).includes(folded(text)) : comparesOne("=", text, field);
    default:
      return ordered(operator, orderOf(field, text));
  }
}

/** Below, at or above zero; undefined where the text is no value of the field's type. Letter case makes no difference. */
function orderOf(field: unknown, text: string): number | undefined {
  if (typeof field === "number") return Number.isNaN(Number(text)) ? undefined : field - Number(text);
  if (typeof field === "boolean") {
    return /^(true|false)$/i.test(text) ? Number(field) - Number(/^true$/i.test(text)) : undefined;
  }
  if (typeof field !== "string") return undefined;
  const [own, other] = [folded(field), folded(text)];
  return own === other ? 0 : own < other ? -1 : 1;
}

function ordered(operator: Operator, order: number | undefined): boolean {
  if (order === undefined) return false;
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      throw new Error(`${operator} compares no order`);
  }
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
