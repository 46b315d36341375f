/** Why something can't be told: one line. */
export class Doubt {
  constructor(readonly why: string) {}
}

/** True, false, or not to be told: what we can't judge is never guessed. */
export type Truth = boolean | Doubt;

export function not(truth: Truth): Truth {
  return truth instanceof Doubt ? truth : !truth;
}

/** One that is false decides, whatever else is in doubt. */
export function every<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let doubt: Doubt | undefined;
  for (const item of items) {
    const truth = test(item);
    if (truth === false) return false;
    if (truth instanceof Doubt) doubt ??= truth;
  }
  return doubt ?? true;
}

/** One that is true decides, whatever else is in doubt. */
export function some<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  return not(every(items, (item) => not(test(item))));
}
