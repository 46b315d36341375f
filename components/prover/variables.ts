import { distinct } from "../distinct";
import { type Atom, type Formula, never } from "./formula";
import { kindsOf } from "./kinds";
import type { Language } from "./language";
import { Doubt, type Truth } from "./truth";

/** What a variable of a request may be: absent, one text, or several. */
export type Value = string | readonly string[] | undefined;

/** A variable of a request, with a witness for each kind of value that policies tell apart. */
export interface Variable {
  name: string;
  witnesses: readonly Value[];
}

/** How a variable is to be cut into kinds. */
export interface Cut {
  name: string;
  languages: readonly Language[];
  /** The texts that it can be: all of the others are no kind. */
  within?: (text: string) => boolean;
  isOptional?: boolean;
  /** Whether it has several values at once. */
  isSet?: boolean;
}

/** The sets of so many kinds are still few. */
const mostOfSet = 8;

/** Undefined where there are too many kinds. An empty text is no kind: AWS may take it for no value, which is one. */
export function variableOf({
  name,
  languages,
  within = () => true,
  isOptional = false,
  isSet = false,
}: Cut): Variable | undefined {
  const kinds = kindsOf(distinct([...languages, []]));
  const texts = kinds?.map(({ witness }) => witness).filter((witness) => witness !== "" && within(witness));
  if (texts === undefined || (isSet && texts.length > mostOfSet)) return undefined;
  const values: Value[] = isSet ? subsets(texts) : texts;
  return { name, witnesses: isOptional ? [undefined, ...values] : values };
}

function subsets(texts: readonly string[]): string[][] {
  const all = texts.reduce<string[][]>((sets, text) => [...sets, ...sets.map((set) => [...set, text])], [[]]);
  return all.filter((set) => set.length > 0).toSorted((one, other) => one.length - other.length);
}

/** What is true of a variable, told of each kind by its witness. */
export function atom({ name, witnesses }: Variable, holds: (value: Value) => Truth): Formula {
  let [sure, possible] = [0n, 0n];
  let why: string | undefined;
  for (const [kind, witness] of witnesses.entries()) {
    const truth = holds(witness);
    if (truth === false) continue;
    const bit = 1n << BigInt(kind);
    possible |= bit;
    if (truth instanceof Doubt) why ??= truth.why;
    else sure |= bit;
  }
  if (possible === 0n) return never;
  const known: Atom = { variable: name, sure, possible };
  return why === undefined ? known : { ...known, why };
}
