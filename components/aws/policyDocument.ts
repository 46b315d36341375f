import { fill, type Placeholders } from "../placeholders";
import shared from "./policies/shared.json";

/** An IAM policy statement as AWS writes it. */
export interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Principal?: string | { [kind: string]: string | string[] };
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: { [operator: string]: { [key: string]: string | string[] } };
}

/** An entry of a policy file: a statement, or where it is `{ "$ref": NAME }` the one of that name in shared.json. */
export function statementOf(entry: object): Statement {
  const reference = (entry as { $ref?: keyof typeof shared }).$ref;
  return (reference === undefined ? entry : shared[reference]) as Statement;
}

/** The document of a policy file. */
export function filledDocument(entries: readonly object[], values: Placeholders): string {
  return policyDocument(fill(entries.map(statementOf), values));
}

/** The document's text: minified, in the order written, so that the same rights always give the same text. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
