/** The objects of the simulated clouds, in one JSON file that tests and people can read. No secret is written to it. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Properties, Value } from "../provider";

export interface StoredObject {
  type: string;
  urn: string;
  inputs: Properties;
  outputs: Properties;
  /** For inputs that hold a secret: a salted digest, which changes with the value and tells nothing else. */
  digests: { [input: string]: string };
}

interface Contents {
  salt: string;
  operations: { [kind: string]: number };
  objects: { [id: string]: StoredObject };
}

const writeDelayMilliseconds = 100;
const secretPlaceholder = "[secret]";

export class Store {
  private readonly contents: Contents;
  private pending: NodeJS.Timeout | undefined;

  /** Without a file the objects live as long as the process. */
  constructor(private readonly file: string | undefined) {
    const empty = { salt: randomBytes(16).toString("hex"), operations: {}, objects: {} };
    this.contents = file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : empty;
  }

  count(kind: string): void {
    this.contents.operations[kind] = (this.contents.operations[kind] ?? 0) + 1;
    this.changed();
  }

  get(id: string): StoredObject | undefined {
    return this.contents.objects[id];
  }

  find(type: string, matches: (object: StoredObject) => boolean): [string, StoredObject] | undefined {
    return Object.entries(this.contents.objects).find(([, object]) => object.type === type && matches(object));
  }

  put(id: string, object: Omit<StoredObject, "digests">, secretInputs: ReadonlySet<string>): void {
    const digests = Object.entries(object.inputs)
      .filter(([name]) => secretInputs.has(name))
      .map(([name, value]) => [name, this.digest(value)]);
    this.contents.objects[id] = {
      ...object,
      inputs: withoutSecrets(object.inputs, secretInputs),
      outputs: withoutSecrets(object.outputs, secretInputs),
      digests: Object.fromEntries(digests),
    };
    this.changed();
  }

  remove(id: string): void {
    delete this.contents.objects[id];
    this.changed();
  }

  flush(): void {
    clearTimeout(this.pending);
    this.pending = undefined;
    if (!this.file) return;
    writeFileSync(`${this.file}.tmp`, `${JSON.stringify(this.contents, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.file}.tmp`, this.file);
  }

  /** Writing the whole file at every operation would make the time of a run grow with the square of its size. */
  private changed(): void {
    this.pending ??= setTimeout(() => this.flush(), writeDelayMilliseconds).unref();
  }

  private digest(value: Value): string {
    return createHash("sha256").update(this.contents.salt).update(JSON.stringify(value)).digest("hex");
  }
}

function withoutSecrets(properties: Properties, secret: ReadonlySet<string>): Properties {
  const entries = Object.entries(properties);
  return Object.fromEntries(entries.map(([name, value]) => [name, secret.has(name) ? secretPlaceholder : value]));
}
