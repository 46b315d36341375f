import { readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ProcessIdentity } from "./processIdentity";

/** One part of a local cloud, for the list that says what is real. */
export interface Part {
  name: string;
  what: string;
  real: boolean;
  /** "simulated" or "absent" where it is not real. */
  version: string;
  /** Why it is not real, or why another one than the installed one is used. */
  why?: string;
}

/** What a local cloud is, in DIRECTORY/cloud.json: a later run attaches to it, or cleans up after it. */
export interface CloudRecord {
  /** DIRECTORY itself. Another one is in the copy of a clone, whose processes are those of the original. */
  directory?: string;
  accountId: string;
  /** The process whose end ends the cloud. A detached cloud has none, once it is up. */
  owner?: ProcessIdentity;
  /** Written when all parts are ready. */
  running?: RunningCloud;
}

export interface RunningCloud {
  daemons: string[];
  parts: Part[];
  endpoints: { aws: string; kubernetes: string };
  /** Folders that come first on PATH. */
  pathFolders: string[];
  /** Folder of built language hosts, one of the above. */
  languageHosts: string;
  providers: string;
}

export class RecordFile {
  private readonly file: string;

  constructor(private readonly directory: string) {
    this.file = path.join(directory, "cloud.json");
  }

  read(): CloudRecord | undefined {
    const record = this.content();
    return record === undefined || this.isOfOther(record) ? undefined : record;
  }

  /** The directory was copied: nothing that is named in it belongs to it. */
  isCopy(): boolean {
    const record = this.content();
    return record !== undefined && this.isOfOther(record);
  }

  private content(): CloudRecord | undefined {
    try {
      return JSON.parse(readFileSync(this.file, "utf8")) as CloudRecord;
    } catch {
      return undefined;
    }
  }

  private isOfOther({ directory }: CloudRecord): boolean {
    return directory !== undefined && directory !== realpathSync(this.directory);
  }

  /** Fails when there is one already: of two starts at the same time one gets the directory. */
  create(record: CloudRecord): void {
    writeFileSync(this.file, this.textOf(record), { flag: "wx", mode: 0o600 });
  }

  replace(record: CloudRecord): void {
    writeFileSync(`${this.file}.tmp`, this.textOf(record), { mode: 0o600 });
    renameSync(`${this.file}.tmp`, this.file);
  }

  private textOf(record: CloudRecord): string {
    return JSON.stringify({ directory: realpathSync(this.directory), ...record }, null, 2);
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }
}
