/** What there is in the simulated Google Cloud, in one JSON file that tests and people can read. No value is in it. */
import { JsonFile } from "../jsonFile";

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

export class State {
  private readonly kept: JsonFile<Contents>;
  /** Payloads of versions, in base64: nowhere but in memory, for as long as the process lives. */
  readonly payloads = new Map<string, string>();

  /** Without a file all lives as long as the process. */
  constructor(file: string | undefined) {
    this.kept = new JsonFile<Contents>(file, { resources: {}, policies: {}, numbers: {}, lastTime: 0 });
  }

  get(name: string): Resource | undefined {
    return this.kept.contents.resources[name];
  }

  put(name: string, resource: Resource): Resource {
    this.kept.contents.resources[name] = resource;
    this.kept.changed();
    return resource;
  }

  /** With its policy, and all that is below it. */
  remove(name: string): void {
    const gone = (key: string) => key === name || key.startsWith(`${name}/`);
    const { resources, policies, numbers } = this.kept.contents;
    for (const kept of [resources, policies, numbers]) {
      for (const key of Object.keys(kept).filter(gone)) delete kept[key];
    }
    for (const key of [...this.payloads.keys()].filter(gone)) this.payloads.delete(key);
    this.kept.changed();
  }

  policy(name: string): Policy {
    return this.kept.contents.policies[name] ?? { etag: etagOf(0) };
  }

  setPolicy(name: string, policy: Policy): Policy {
    const counted = Number(Buffer.from(this.policy(name).etag ?? "", "base64").toString());
    this.kept.contents.policies[name] = { ...policy, etag: etagOf(counted + 1) };
    this.kept.changed();
    return this.kept.contents.policies[name];
  }

  lastNumber(name: string): number {
    return this.kept.contents.numbers[name] ?? 0;
  }

  nextNumber(name: string): number {
    const number = this.lastNumber(name) + 1;
    this.kept.contents.numbers[name] = number;
    this.kept.changed();
    return number;
  }

  /** In microseconds, as Google's times are, and no two alike. */
  now(): string {
    this.kept.contents.lastTime = Math.max(Date.now() * 1000, this.kept.contents.lastTime + 1);
    const [milliseconds, rest] = [Math.floor(this.kept.contents.lastTime / 1000), this.kept.contents.lastTime % 1000];
    return new Date(milliseconds).toISOString().replace("Z", `${String(rest).padStart(3, "0")}Z`);
  }

  flush(): void {
    this.kept.flush();
  }
}

function etagOf(count: number): string {
  return Buffer.from(String(count)).toString("base64");
}
