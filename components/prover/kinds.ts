import type { Gap, Language, Token } from "./language";

/** Texts that no language here tells apart, by one of them: the shortest. */
export interface Kind {
  witness: string;
  /** The places of the languages that it is in. */
  languages: ReadonlySet<number>;
}

/** Places looked at: more would take seconds, and needs many languages with gaps in the middle. */
const mostWork = 2_000_000;

/** Policies that are alike have most of their languages in common. */
const known = new Map<string, Kind[] | undefined>();
const mostKnown = 2_000;

/**
 * The kinds into which languages cut all texts, each with its shortest witness; undefined where they are too many. It is
 * the product of their automata: a state is the set of places that all of them can be at.
 */
export function kindsOf(languages: readonly Language[]): Kind[] | undefined {
  const key = JSON.stringify(languages);
  if (!known.has(key)) {
    if (known.size === mostKnown) known.clear();
    known.set(key, cut(languages));
  }
  return known.get(key);
}

function cut(languages: readonly Language[]): Kind[] | undefined {
  const product = productOf(languages);
  const kinds = new Map<string, Kind>();
  const seen = new Set<string>();
  let work = 0;
  let level: [state: Int32Array, text: string][] = [[product.start, ""]];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const [state, text] of level) {
      const key = state.join();
      if (seen.has(key)) continue;
      seen.add(key);
      const accepted = product.accepted(state);
      const kind = accepted.join();
      if (!kinds.has(kind)) kinds.set(kind, { witness: text, languages: new Set(accepted) });
      for (const [character, following] of product.steps(state)) {
        next.push([following, text + character]);
        work += following.length;
      }
      if (work > mostWork) return undefined;
    }
    level = next;
  }
  return [...kinds.values()];
}

interface Product {
  start: Int32Array;
  /** The languages that a text is in which leads here. */
  accepted(state: Int32Array): number[];
  /** Where each character leads; of those that lead to the same place, one. */
  steps(state: Int32Array): [character: string, state: Int32Array][];
}

function productOf(languages: readonly Language[]): Product {
  // All places of all languages in one row: after the last token of each comes its end.
  const tokens: (Token | undefined)[] = [];
  const languageAt: number[] = [];
  for (const [index, language] of languages.entries()) {
    for (const token of [...language, undefined]) {
      tokens.push(token);
      languageAt.push(index);
    }
  }

  /** A gap of any length may be passed without a character. */
  const withPassed = (places: Iterable<number>): Int32Array => {
    const found = new Set<number>();
    for (let place of places) {
      found.add(place);
      while (isMany(tokens[place])) found.add(++place);
    }
    return Int32Array.from(found).sort();
  };

  return {
    start: withPassed(languages.map((_, index) => languageAt.indexOf(index))),
    accepted: (state) =>
      Array.from(
        state.filter((place) => tokens[place] === undefined),
        (place) => languageAt[place] as number,
      ),
    steps: (state) => {
      const byCharacter = new Map<string, number[]>();
      const gaps: [place: number, gap: Gap][] = [];
      for (const place of state) {
        const token = tokens[place];
        if (token === undefined) continue;
        if ("many" in token) gaps.push([place, token]);
        else for (const character of token.oneOf) append(byCharacter, character, place + 1);
      }
      for (const [, { except }] of gaps) if (except !== undefined) append(byCharacter, except);
      const byGaps = (character: string) =>
        gaps.filter(([, { except }]) => except !== character).map(([place, { many }]) => (many ? place : place + 1));
      const named = [...byCharacter].map(([character, places]): [string, number[]] => [
        character,
        [...places, ...byGaps(character)],
      ]);
      const other = otherThan(byCharacter);
      return [...named, [other, byGaps(other)] as const].map(([character, places]) => [character, withPassed(places)]);
    },
  };
}

function append(map: Map<string, number[]>, character: string, ...places: number[]): void {
  const known = map.get(character);
  if (known === undefined) map.set(character, places);
  else known.push(...places);
}

function isMany(token: Token | undefined): boolean {
  return token !== undefined && "many" in token && token.many;
}

const plainCharacters = "xyzabcdefghijklmnopqrstuvw0123456789";

/** A character that stands for all that no language names here: a plain one where there is one left. */
function otherThan(named: ReadonlyMap<string, unknown>): string {
  const plain = [...plainCharacters].find((character) => !named.has(character));
  if (plain !== undefined) return plain;
  let code = 0x100;
  while (named.has(String.fromCharCode(code))) code++;
  return String.fromCharCode(code);
}
