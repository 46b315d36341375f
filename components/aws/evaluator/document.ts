import { z } from "zod";
import { type Condition, conditions } from "./conditions";
import { type Pattern, pattern } from "./patterns";
import { notPrincipal, type Principal, principals } from "./principals";

/** A policy as AWS writes it: its JSON, or what that says. */
export type PolicyText = string | object;

/** A statement made ready: its patterns read once, then asked for each request. */
export interface Statement {
  sid?: string;
  effect: "Allow" | "Deny";
  actions: Named;
  resources: Named;
  conditions: readonly Condition[];
  /** Undefined in a policy of the identity: it is about whoever has it. */
  principals?: readonly Principal[];
}

/** The patterns of an Action or Resource element, or of a NotAction or NotResource. */
export interface Named {
  texts: readonly string[];
  named: readonly Pattern[];
  except: boolean;
}

const listed = <T extends z.ZodType>(item: T) =>
  z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(item).min(1));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const action = z.string().regex(/^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/);
const resource = z.string().regex(/^(\*|arn:.*)$/s);
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const principal = z.union([z.literal("*"), z.record(z.string(), listed(z.string()))]);

const statementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: listed(action).optional(),
  NotAction: listed(action).optional(),
  Resource: listed(resource).optional(),
  NotResource: listed(resource).optional(),
  Condition: z.record(z.string(), z.record(z.string(), listed(value))).optional(),
});

const documentShape = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).default("2008-10-17"),
  Id: z.string().optional(),
  Statement: listed(statementShape),
});

/** The statements of a document, or in one line why it is none that AWS takes. */
export function readDocument(text: PolicyText, attachedTo: "identity" | "resource"): Statement[] | string {
  const json = typeof text === "string" ? parseJson(text) : text;
  if (json === undefined) return "it is no JSON";
  const read = documentShape.safeParse(json);
  if (!read.success) return `${read.error.issues[0]?.path.join(".") || "it"} is not as IAM's grammar says`;
  const { Version, Statement } = read.data;
  const faulty = Statement.findIndex((statement) => !isWhole(statement, attachedTo));
  if (faulty >= 0) return `Statement.${faulty} lacks an element, or has one too many`;
  return Statement.map((statement) => prepare(statement, Version));
}

type Raw = z.output<typeof statementShape>;

function isWhole(statement: Raw, attachedTo: "identity" | "resource"): boolean {
  const count = (...elements: unknown[]) => elements.filter((element) => element !== undefined).length;
  return (
    count(statement.Action, statement.NotAction) === 1 &&
    count(statement.Resource, statement.NotResource) === 1 &&
    count(statement.Principal, statement.NotPrincipal) === (attachedTo === "resource" ? 1 : 0)
  );
}

function prepare(raw: Raw, version: string): Statement {
  return {
    ...(raw.Sid === undefined ? {} : { sid: raw.Sid }),
    effect: raw.Effect,
    // Their case doesn't matter: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    actions: named(
      (raw.Action ?? raw.NotAction ?? []).map((name) => name.toLowerCase()),
      raw.NotAction,
      version,
    ),
    resources: named(raw.Resource ?? raw.NotResource ?? [], raw.NotResource, version),
    conditions: conditions(raw.Condition ?? {}, version),
    ...(raw.NotPrincipal === undefined ? {} : { principals: [notPrincipal] }),
    ...(raw.Principal === undefined ? {} : { principals: principals(raw.Principal) }),
  };
}

function named(texts: readonly string[], except: readonly string[] | undefined, version: string): Named {
  return { texts, named: texts.map((text) => pattern(text, version)), except: except !== undefined };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
