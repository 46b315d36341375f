/** What there is in the simulated Google Cloud, in one JSON file that tests and people can read. No value is in it. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** A resource as the API answers it. */
export type Resource = Record<string, unknown>;

export interface Binding {
  role: string;
  members: string[];
  condition?: { title?: string; description?: string; expression?: string };
}

export interface Policy {
  version?: number;
  bindings?: Binding[];
  auditConfigs?: { service: string; auditLogConfigs?: unknown[] }[];
  etag?: string;
}

interface Contents {
  /** By name, with the ids of projects. */
  resources: { [name: string]: Resource };
  /** By the name of what they are on. */
  policies: { [name: string]: Policy };
  /** The last number that was given to a version of a secret, or in a collection: each is given once. */
  numbers: { [name: string]: number };
  /** Microseconds: what is made later has a later time, however fast. */
  lastTime: number;
}

const writeDelayMilliseconds = 100;

export class State {
  private readonly contents: Contents;
  private pending: NodeJS.Timeout | undefined;
  /** Payloads of versions, in base64: nowhere but in memory, for as long as the process lives. */
  readonly payloads = new Map<string, string>();

  /** Without a file all lives as long as the process. */
  constructor(private readonly file: string | undefined) {
    const empty = { resources: {}, policies: {}, numbers: {}, lastTime: 0 };
    this.contents = file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : empty;
  }

  get(name: string): Resource | undefined {
    return this.contents.resources[name];
  }

  put(name: string, resource: Resource): Resource {
    this.contents.resources[name] = resource;
    this.changed();
    return resource;
  }

  /** With its policy, and all that is below it. */
  remove(name: string): void {
    const gone = (key: string) => key === name || key.startsWith(`${name}/`);
    const { resources, policies, numbers } = this.contents;
    for (const kept of [resources, policies, numbers]) {
      for (const key of Object.keys(kept).filter(gone)) delete kept[key];
    }
    for (const key of [...this.payloads.keys()].filter(gone)) this.payloads.delete(key);
    this.changed();
  }

  policy(name: string): Policy {
    return this.contents.policies[name] ?? { etag: etagOf(0) };
  }

  setPolicy(name: string, policy: Policy): Policy {
    const counted = Number(Buffer.from(this.policy(name).etag ?? "", "base64").toString());
    this.contents.policies[name] = { ...policy, etag: etagOf(counted + 1) };
    this.changed();
    return this.contents.policies[name];
  }

  lastNumber(name: string): number {
    return this.contents.numbers[name] ?? 0;
  }

  nextNumber(name: string): number {
    const number = this.lastNumber(name) + 1;
    this.contents.numbers[name] = number;
    this.changed();
    return number;
  }

  /** In microseconds, as Google's times are, and no two alike. */
  now(): string {
    this.contents.lastTime = Math.max(Date.now() * 1000, this.contents.lastTime + 1);
    const [milliseconds, rest] = [Math.floor(this.contents.lastTime / 1000), this.contents.lastTime % 1000];
    return new Date(milliseconds).toISOString().replace("Z", `${String(rest).padStart(3, "0")}Z`);
  }

  flush(): void {
    clearTimeout(this.pending);
    this.pending = undefined;
    if (!this.file) return;
    writeFileSync(`${this.file}.tmp`, `${JSON.stringify(this.contents, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.file}.tmp`, this.file);
  }

  /** Writing the whole file at every call would make the time of a run grow with the square of its size. */
  private changed(): void {
    this.pending ??= setTimeout(() => this.flush(), writeDelayMilliseconds).unref();
  }
}

function etagOf(count: number): string {
  return Buffer.from(String(count)).toString("base64");
}
