import { Doubt, type Truth } from "../../prover/truth";
import type { Context } from "./context";

const many = Symbol("*");
const one = Symbol("?");
export type Token = string | typeof many | typeof one;

/** A text of a policy: as it is, or filled from each request where it holds variables. */
export type Pattern = (context: Context) => readonly Token[] | Doubt;

/**
 * `${aws:username}` is filled from the request, `${*}` is an asterisk and no wildcard. What a variable without a value
 * does differs from place to place, and defaults and several values are rare: in doubt
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
 */
export function pattern(text: string, version: string): Pattern {
  if (!text.includes("${")) {
    const tokens = wild(text);
    return () => tokens;
  }
  if (version !== "2012-10-17") return () => new Doubt("a policy variable needs Version 2012-10-17");
  // Odd parts stand between `${` and `}`.
  const parts = text.split(/\$\{([^}]*)\}/);
  return (context) => {
    const tokens: Token[] = [];
    for (const [index, part] of parts.entries()) {
      const filled = index % 2 === 0 ? wild(part) : variable(part, context);
      if (filled instanceof Doubt) return filled;
      tokens.push(...filled);
    }
    return tokens;
  };
}

function wild(text: string): Token[] {
  return text.split("").map((character) => (character === "*" ? many : character === "?" ? one : character));
}

function variable(name: string, context: Context): Token[] | Doubt {
  if (name === "*" || name === "?" || name === "$") return [name];
  const value = context(name);
  if (value instanceof Doubt) return value;
  if (typeof value !== "string" || /[*?]/.test(value)) {
    return new Doubt(`policy variable ${name} has not one plain value in this request`);
  }
  return value.split("");
}

/** `*` is any text, none included, `?` is one character. */
export function matchesWild(tokens: readonly Token[], text: string): boolean {
  let token = 0;
  let at = 0;
  let lastMany = -1;
  let resumeAt = 0;
  while (at < text.length) {
    if (tokens[token] === many) {
      lastMany = token++;
      resumeAt = at;
    } else if (token < tokens.length && (tokens[token] === one || tokens[token] === text[at])) {
      token++;
      at++;
    } else if (lastMany >= 0) {
      // The last asterisk takes one character more.
      token = lastMany + 1;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((rest) => rest === many);
}

/** The text itself, where wildcards are plain characters. */
export function plain(tokens: readonly Token[]): string {
  return tokens.map((token) => (typeof token === "string" ? token : token.description)).join("");
}

export function matchesPlain(tokens: readonly Token[], text: string): boolean {
  return plain(tokens) === text;
}

/**
 * Each of the six parts for itself
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN).
 */
export function matchesArn(tokens: readonly Token[], arn: string): Truth {
  const wanted = tokenParts(tokens);
  const given = arnParts(arn);
  if (wanted.length < 6 || given.length < 6) return new Doubt("what an ARN operator compares is no ARN");
  return wanted.every((part, index) => matchesWild(part, given[index] as string));
}

/**
 * A Resource. AWS lets an asterisk at a part's end reach over colons and completes an ARN that is too short, but not
 * everywhere: only what matches as a whole and part by part matches for certain
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
 */
export function matchesResource(tokens: readonly Token[], resource: string): Truth {
  if (tokens.length === 1 && tokens[0] === many) return true;
  // An action without resources of its own asks for "*", which no ARN covers.
  if (resource === "*") return false;
  const whole = matchesWild(tokens, resource);
  const parts = tokenParts(tokens);
  // What doesn't match as a whole can't match part by part.
  if (!whole && parts.length === 6) return false;
  while (parts.length < 6) parts.push([many]);
  const given = arnParts(resource);
  if (whole !== parts.every((part, index) => matchesWild(part, given[index] as string))) {
    return new Doubt("whether a Resource's wildcard reaches over a colon depends on the service");
  }
  return whole && wildWhereForbidden(parts) ? new Doubt("a Resource has a wildcard in its service or type") : whole;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html: neither the service nor the resource's type. */
function wildWhereForbidden(parts: readonly (readonly Token[])[]): boolean {
  const [, , service = [], , , resource = []] = parts;
  const separator = resource.findIndex((token) => token === "/" || token === ":");
  // A bucket stands where others have their type.
  const type = matchesPlain(service, "s3") ? [] : resource.slice(0, Math.max(separator, 0));
  return [...service, ...type].some((token) => typeof token === "symbol");
}

/** The sixth part is all of the rest. */
function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function tokenParts(tokens: readonly Token[]): (readonly Token[])[] {
  const parts: (readonly Token[])[] = [];
  let start = 0;
  for (let end = tokens.indexOf(":"); end >= 0 && parts.length < 5; end = tokens.indexOf(":", start)) {
    parts.push(tokens.slice(start, end));
    start = end + 1;
  }
  return [...parts, tokens.slice(start)];
}
