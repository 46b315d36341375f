/**
 * What must be true of a request. Each atom is about one variable alone, so that kinds of different variables go together
 * as one likes, and whether some choice of kinds makes a formula true is a question of finite sets.
 */
export type Formula = Atom | { all: readonly Formula[] } | { some: readonly Formula[] } | { not: Formula };

/** Sets of a variable's kinds, a bit for each. */
export interface Atom {
  variable: string;
  /** Those of which it holds. */
  sure: bigint;
  /** Those of which it may hold: more than `sure` where something can't be judged. */
  possible: bigint;
  /** What can't be judged, in one line. */
  why?: string;
}

export const always: Formula = { all: [] };
export const never: Formula = { some: [] };

export function all(...formulas: Formula[]): Formula {
  return { all: formulas };
}

export function some(...formulas: Formula[]): Formula {
  return { some: formulas };
}

export function not(formula: Formula): Formula {
  return { not: formula };
}

/** A kind for each variable, by its number. */
export type Choice = ReadonlyMap<string, number>;

export type Answer =
  /** No choice makes it true. */
  | { answer: "impossible" }
  /** This one does. */
  | { answer: "possible"; choice: Choice }
  /** It hangs on what can't be judged, or there are too many cases: never a guess. */
  | { answer: "unknown"; why: string };

const mostBranches = 50_000;

/** Whether a choice of kinds makes the formula true, of variables with so many kinds each. */
export function decide(formula: Formula, kinds: ReadonlyMap<string, number>): Answer {
  const search = new Search(new Map([...kinds].map(([variable, count]) => [variable, (1n << BigInt(count)) - 1n])));
  const atMost = search.choice(formula, "possible");
  if (atMost === "too many") return tooMany;
  if (atMost === undefined) return { answer: "impossible" };
  const atLeast = search.choice(formula, "sure");
  if (atLeast === "too many") return tooMany;
  if (atLeast !== undefined) return { answer: "possible", choice: atLeast };
  return { answer: "unknown", why: doubtIn(formula, atMost) ?? "it can't be told" };
}

const tooMany: Answer = { answer: "unknown", why: "there are too many cases" };

type Domains = ReadonlyMap<string, bigint>;

/** A formula without `not`: an atom is a set of kinds. */
type Plain = { variable: string; set: bigint } | { all: readonly Plain[] } | { some: readonly Plain[] };

/** A tableau: what has one way is taken, what has several is tried, one after the other. */
class Search {
  private branches = 0;

  constructor(private readonly domains: Domains) {}

  choice(formula: Formula, by: "sure" | "possible"): Choice | undefined | "too many" {
    this.branches = 0;
    const found = this.within([this.plain(formula, true, by)], this.domains);
    if (found === undefined || found === "too many") return found;
    return new Map([...found].map(([variable, set]) => [variable, lowest(set)]));
  }

  private plain(formula: Formula, positive: boolean, by: "sure" | "possible"): Plain {
    if ("not" in formula) return this.plain(formula.not, !positive, by);
    if ("variable" in formula) {
      const { variable, sure, possible } = formula;
      const whole = this.domains.get(variable) as bigint;
      if (positive) return { variable, set: by === "sure" ? sure : possible };
      return { variable, set: whole & ~(by === "sure" ? possible : sure) };
    }
    const parts = ("all" in formula ? formula.all : formula.some).map((part) => this.plain(part, positive, by));
    return "all" in formula === positive ? { all: parts } : { some: parts };
  }

  private within(formulas: readonly Plain[], given: Domains): Domains | undefined | "too many" {
    const settled = settle(formulas, given);
    if (settled === undefined) return undefined;
    const { domains, open } = settled;
    const [first, ...rest] = open.toSorted((one, other) => one.length - other.length);
    if (first === undefined) return domains;
    for (const way of first) {
      if (++this.branches > mostBranches) return "too many";
      const found = this.within([way, ...rest.map((ways) => ({ some: ways }))], domains);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Narrows the domains by all that has one way only; what has several stays open. Undefined where something has none. */
function settle(formulas: readonly Plain[], given: Domains): { domains: Domains; open: Plain[][] } | undefined {
  const domains = new Map(given);
  let pending = [...formulas];
  for (;;) {
    const open: Plain[][] = [];
    let isNarrowed = false;
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if ("all" in next) {
        pending.push(...next.all);
      } else if ("some" in next) {
        const ways = next.some.filter((way) => mayHold(way, domains));
        if (ways.some((way) => mustHold(way, domains))) continue;
        const [only] = ways;
        if (only === undefined) return undefined;
        if (ways.length === 1) pending.push(only);
        else open.push(ways);
      } else {
        const before = domains.get(next.variable) as bigint;
        const narrowed = before & next.set;
        if (narrowed === 0n) return undefined;
        if (narrowed !== before) isNarrowed = true;
        domains.set(next.variable, narrowed);
      }
    }
    if (!isNarrowed || open.length === 0) return { domains, open };
    pending = open.map((ways) => ({ some: ways }));
  }
}

/** False where it can't hold; true says little. */
function mayHold(formula: Plain, domains: Domains): boolean {
  if ("all" in formula) return formula.all.every((part) => mayHold(part, domains));
  if ("some" in formula) return formula.some.some((part) => mayHold(part, domains));
  return ((domains.get(formula.variable) as bigint) & formula.set) !== 0n;
}

/** True where it holds whatever is chosen; false says little. */
function mustHold(formula: Plain, domains: Domains): boolean {
  if ("all" in formula) return formula.all.every((part) => mustHold(part, domains));
  if ("some" in formula) return formula.some.some((part) => mustHold(part, domains));
  return ((domains.get(formula.variable) as bigint) & ~formula.set) === 0n;
}

function lowest(set: bigint): number {
  let bit = 0;
  while (((set >> BigInt(bit)) & 1n) === 0n) bit++;
  return bit;
}

/** Why an atom can't be judged of what was chosen. */
function doubtIn(formula: Formula, choice: Choice): string | undefined {
  if ("not" in formula) return doubtIn(formula.not, choice);
  if ("variable" in formula) {
    const { variable, sure, possible, why } = formula;
    const isDoubtful = ((possible & ~sure) >> BigInt(choice.get(variable) as number)) & 1n;
    return isDoubtful === 1n ? why : undefined;
  }
  const parts = "all" in formula ? formula.all : formula.some;
  return parts.map((part) => doubtIn(part, choice)).find((why) => why !== undefined);
}
