import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const writeDelayMilliseconds = 100;

/** What a provider keeps, in one JSON file that tests and people can read. */
export class JsonFile<Contents> {
  readonly contents: Contents;
  private pending: NodeJS.Timeout | undefined;

  /** Without a file the contents live as long as the process. */
  constructor(
    private readonly file: string | undefined,
    empty: Contents,
  ) {
    this.contents = file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : empty;
  }

  /** Writing the whole file at every change would make the time of a run grow with the square of its size. */
  changed(): void {
    this.pending ??= setTimeout(() => this.flush(), writeDelayMilliseconds).unref();
  }

  flush(): void {
    clearTimeout(this.pending);
    this.pending = undefined;
    if (!this.file) return;
    writeFileSync(`${this.file}.tmp`, `${JSON.stringify(this.contents, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.file}.tmp`, this.file);
  }
}
