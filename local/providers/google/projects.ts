/**
 * Ids and numbers of projects. Every project is there. Which number it has says VANTEDGE_SIMULATED_PROJECTS
 * (`ID=NUMBER,ID=NUMBER`); those that are not named have the number that is given.
 */
export class Projects {
  private readonly numbers: Map<string, string>;

  constructor(
    table: string | undefined,
    private readonly usualNumber: string,
    /** The project of the provider: of several with one number it is the one that is meant. */
    readonly own: string,
  ) {
    const named = (table ?? "").split(",").filter((entry) => entry !== "");
    this.numbers = new Map(named.map(entryOf));
  }

  numberOf(id: string): string {
    return this.numbers.get(id) ?? this.usualNumber;
  }

  /** The path with the project's id, where it was given by number: Secret Manager's own answers have the number. */
  byId(path: string): string {
    return path.replace(/^projects\/(\d+)(?=\/|$)/, (_, number: string) => `projects/${this.idOf(number)}`);
  }

  byNumber(path: string): string {
    return path.replace(/^projects\/([^/]+)/, (_, id: string) => `projects/${this.numberOf(id)}`);
  }

  /** Those that the table names. */
  withNumber(number: string): string[] {
    return [...this.numbers].filter(([, known]) => known === number).map(([id]) => id);
  }

  private idOf(number: string): string {
    if (this.numberOf(this.own) === number) return this.own;
    return this.withNumber(number)[0] ?? number;
  }
}

function entryOf(entry: string): [string, string] {
  const [id, number] = entry.split("=");
  if (!id || !number || !/^\d+$/.test(number))
    throw new Error("VANTEDGE_SIMULATED_PROJECTS must be ID=NUMBER,ID=NUMBER");
  return [id, number];
}

/** The id in a path. */
export function projectOf(path: string): string {
  return path.split("/")[1] as string;
}
