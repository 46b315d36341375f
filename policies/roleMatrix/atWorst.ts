/** Condition keys whose value follows from the workspace or from who asks: they are decided as they are. */
const decided = [
  /^aws:(resourcetag|requesttag)\//,
  /^secretsmanager:(?!version)/,
  /^kms:/,
  /^aws:(tagkeys|principalarn|principalaccount|resourceaccount)$/,
];

interface RawStatement {
  Effect?: unknown;
  Condition?: unknown;
}

/**
 * A document as it is at worst: what hangs on the circumstances of a request (its address, time, MFA, session, which version) is taken to
 * hold where it allows, and not to hold where it denies. Undefined: it is no document, and AWS refuses it.
 */
export function atWorst(text: string | object): object | undefined {
  const document = typeof text === "string" ? parse(text) : text;
  if (document === null || typeof document !== "object") return undefined;
  const { Statement } = document as { Statement?: unknown };
  const statements = [Statement].flat().filter((one) => one !== null && typeof one === "object") as RawStatement[];
  return { ...document, Statement: statements.map(worst) };
}

/** Statements keep their places: messages name them. One that is taken not to apply denies nothing. */
function worst(statement: RawStatement): RawStatement {
  const operators = Object.entries((statement.Condition ?? {}) as Record<string, Record<string, unknown>>);
  if (statement.Effect === "Deny") {
    const isCertain = operators.every(([, keys]) => Object.keys(keys).every(isDecided));
    return isCertain ? statement : { ...statement, Condition: never };
  }
  const kept = operators
    .map(([operator, keys]) => [operator, Object.fromEntries(Object.entries(keys).filter(([key]) => isDecided(key)))])
    .filter(([, keys]) => Object.keys(keys as object).length > 0);
  const { Condition: _, ...rest } = statement;
  return kept.length === 0 ? rest : { ...rest, Condition: Object.fromEntries(kept) };
}

/** Every request has the key. */
const never = { Null: { "aws:PrincipalAccount": "true" } };

function isDecided(key: string): boolean {
  return decided.some((pattern) => pattern.test(key.toLowerCase()));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
