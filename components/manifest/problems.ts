import { InputError } from "../errors";

/** A place in a manifest file; line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Something to mend in a manifest. The message never holds a value. */
export interface Problem extends Place {
  message: string;
}

/** All problems of a manifest, in the order of the file, one line each. */
export class ManifestError extends InputError {
  constructor(problems: readonly Problem[]) {
    const ordered = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
    super([...new Set(ordered.map((problem) => `${at(problem)}: ${problem.message}`))]);
  }
}

export function at({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** What to do where a name is nowhere declared. */
export function declareOr(names: string[]): string {
  return names.length === 0 ? "declare it" : `declare it, or take one of ${names.join(", ")}`;
}
