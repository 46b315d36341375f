import { mistakes } from "./mistakes";
import { type Home, homeLocation } from "./world";

/** A condition with a fault; undefined is none at all. */
export interface Clause {
  fault: string;
  expression: string | undefined;
}

const type = /resource\.type == "[^"]*"/;
const types = /\(resource\.type == "[^"]*" \|\| resource\.type == "[^"]*"\)/;
const name = /\(?resource\.name\.startsWith\("[^"]*"\)( \|\| resource\.name\.startsWith\("[^"]*"\)\))?/;
const regional = /resource\.name\.startsWith\("[^"]*\/locations\/[^"]*"\)/;
const global = /resource\.name\.startsWith\("projects\/[^/]*\/secrets\/[^"]*"\)/;
const time = /request\.time < timestamp\("[^"]*"\)/;

type Change = (expression: string, home: Home) => string;

/** Faults in the text. What a condition does not have in it can't be wrong. */
const changes: Record<string, Change> = {
  "the kinds of resource dropped": (expression) => expression.replace(types, "true"),
  "the first kind dropped": (expression) => expression.replace(type, "false"),
  "the second kind dropped": (expression) => expression.replace(/(\|\| )resource\.type == "[^"]*"/, "$1false"),
  "the first kind negated": (expression) => expression.replace("resource.type ==", "resource.type !="),
  "the second kind negated": (expression) => expression.replace("|| resource.type ==", "|| resource.type !="),
  "both kinds needed": (expression) => expression.replace(/(type == "[^"]*") \|\| (resource\.type)/, "$1 && $2"),
  "the name dropped": (expression) => expression.replace(name, "true"),
  "kinds or name": (expression) => expression.replace(") && ", ") || "),
  "the name ends so": (expression) => expression.replaceAll("name.startsWith", "name.endsWith"),
  "the name is it": (expression) =>
    expression.replaceAll(/resource\.name\.startsWith\(("[^"]*")\)/g, "resource.name == $1"),
  "one hyphen less": (expression) => expression.replaceAll(/-"\)/g, '")'),
  "a shorter prefix": (expression) => expression.replaceAll(/secrets\/([a-z]+--)[^"]*"/g, 'secrets/$1"'),
  "no prefix": (expression) => expression.replaceAll(/secrets\/[^"]*"/g, 'secrets/"'),
  "the project alone": (expression) => expression.replaceAll(/"projects\/(\d+)\/[^"]*"/g, '"projects/$1/"'),
  "the number of another project": (expression) => expression.replaceAll(/"projects\/\d+\//g, '"projects/1/'),
  "another workspace": (expression, { workspace }) => expression.replaceAll(`--${workspace}--`, "--development--"),
  "the regional clause dropped": (expression) => expression.replace(regional, "false"),
  "the global clause dropped": (expression) =>
    regional.test(expression) ? expression.replace(global, "false") : expression,
  "both places needed": (expression) => expression.replace(/(\) )\|\|( resource\.name)/, "$1&&$2"),
  "another location": (expression) => expression.replace(`locations/${homeLocation}/`, "locations/europe-west1/"),
  "any location that begins so": (expression) =>
    expression.replace(new RegExp(`(locations/${homeLocation})/[^"]*`), "$1"),
  "the end dropped": (expression) => expression.replace(time, "true"),
  "the end as a beginning": (expression) => expression.replace("request.time <", "request.time >="),
  "an end or the rest": (expression) => expression.replace(" && request.time", " || request.time"),
  "the end as a last moment": (expression) => expression.replace("request.time <", "request.time <="),
  ...Object.fromEntries(
    Object.entries(mistakes).map(([mistake, change]): [string, Change] => [
      mistake,
      (text, { project }) => change(text, project),
    ]),
  ),
};

export function conditionMutants(expression: string, home: Home): Clause[] {
  const changed = Object.entries(changes)
    .map(([fault, change]) => ({ fault, expression: change(expression, home) }))
    .filter((clause) => clause.expression !== expression);
  return [{ fault: "dropped", expression: undefined }, ...changed];
}
