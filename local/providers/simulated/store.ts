/** The objects of the simulated clouds, in one JSON file that tests and people can read. No secret is written to it. */
import { createHash, randomBytes } from "node:crypto";
import { JsonFile } from "../jsonFile";
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

const secretPlaceholder = "[secret]";

export class Store {
  private readonly kept: JsonFile<Contents>;

  /** Without a file the objects live as long as the process. */
  constructor(file: string | undefined) {
    this.kept = new JsonFile<Contents>(file, { salt: randomBytes(16).toString("hex"), operations: {}, objects: {} });
  }

  count(kind: string): void {
    this.kept.contents.operations[kind] = (this.kept.contents.operations[kind] ?? 0) + 1;
    this.kept.changed();
  }

  get(id: string): StoredObject | undefined {
    return this.kept.contents.objects[id];
  }

  find(type: string, matches: (object: StoredObject) => boolean): [string, StoredObject] | undefined {
    return Object.entries(this.kept.contents.objects).find(([, object]) => object.type === type && matches(object));
  }

  put(id: string, object: Omit<StoredObject, "digests">, secretInputs: ReadonlySet<string>): void {
    const digests = Object.entries(object.inputs)
      .filter(([name]) => secretInputs.has(name))
      .map(([name, value]) => [name, this.digest(value)]);
    this.kept.contents.objects[id] = {
      ...object,
      inputs: withoutSecrets(object.inputs, secretInputs),
      outputs: withoutSecrets(object.outputs, secretInputs),
      digests: Object.fromEntries(digests),
    };
    this.kept.changed();
  }

  remove(id: string): void {
    delete this.kept.contents.objects[id];
    this.kept.changed();
  }

  flush(): void {
    this.kept.flush();
  }

  private digest(value: Value): string {
    return createHash("sha256").update(this.kept.contents.salt).update(JSON.stringify(value)).digest("hex");
  }
}

function withoutSecrets(properties: Properties, secret: ReadonlySet<string>): Properties {
  const entries = Object.entries(properties);
  return Object.fromEntries(entries.map(([name, value]) => [name, secret.has(name) ? secretPlaceholder : value]));
}
