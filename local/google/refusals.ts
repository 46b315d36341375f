import { bodyProblems } from "./bodies";
import { type Method, methodOf } from "./descriptions";
import { type Inputs, requests } from "./requests";

/** What Google would refuse of a resource's inputs, by its description of the API: one line each, never a value. */
export function refusals(type: string, given: Inputs): string[] {
  const request = requests[type];
  if (request === undefined)
    return [`there is no table of what ${type} sends to Google: add it to local/google/requests.ts`];
  const inputs = known(given) as Inputs;
  const { api, fields = [], taken, local = [] } = request;
  const nowhere = Object.keys(inputs).filter((name) => ![...fields, ...taken, ...local].includes(name));
  const method = methodOf(api, request.method);
  return [
    ...nowhere.map((name) => `${name}: Google's provider sends no such input`),
    ...parameterProblems(method.parameters, request.parameters(inputs), given),
    ...(method.request === undefined
      ? []
      : bodyProblems(api, method.request.$ref, bodyOf(type, inputs)).map((problem) => `${method.id}: ${problem}`)),
  ];
}

/** The body of the request by which a resource is created. */
export function bodyOf(type: string, inputs: Inputs): unknown {
  const { fields = [], body = (_: Inputs, sent: Inputs) => sent } = requests[type] as (typeof requests)[string];
  const sent = Object.fromEntries(fields.flatMap((name) => (inputs[name] === undefined ? [] : [[name, inputs[name]]])));
  return body(inputs, sent);
}

function parameterProblems(described: Method["parameters"], parameters: Inputs, given: Inputs): string[] {
  // In a preview a part may not be known yet.
  const isPreview = Object.values(given).some((value) => typeof value === "symbol");
  return Object.entries(parameters).flatMap(([name, value]) => {
    const parameter = described?.[name];
    if (parameter === undefined) return [`${name}: the method has no such parameter`];
    if (value === undefined)
      return parameter.location === "path" && !isPreview ? [`${name}: not all of its parts are given`] : [];
    if (parameter.pattern === undefined || new RegExp(parameter.pattern).test(String(value))) return [];
    return [`${name}: must match ${parameter.pattern}`];
  });
}

/** Without what is not known yet, and without what is not set. */
export function known(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isKnown).map(known);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => isKnown(item))
      .map(([name, item]) => [name, known(item)]),
  );
}

function isKnown(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== "symbol";
}
