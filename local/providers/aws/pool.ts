/** Configured Terraform providers, one process for each distinct configuration, started on demand and shared. */
import { createHash } from "node:crypto";
import type { Instance, Properties } from "../provider";
import { pack } from "./msgpack";
import { readSchemas, type Schemas, type SentSchemas } from "./schema";
import { type Diagnostic, problem, Terraform, type TerraformPaths } from "./terraform";
import { encodeObject } from "./values";

/** A process takes about 270 MB: it is ended when nothing has used it for this long. */
const idleMilliseconds = 10 * 60_000;

interface Entry {
  terraform: Promise<Terraform>;
  idle: NodeJS.Timeout | undefined;
}

export class TerraformPool {
  private readonly entries = new Map<string, Entry>();
  private known: Promise<Schemas> | undefined;

  constructor(private readonly paths: TerraformPaths) {}

  /** The provider configured as the instance says, for one region. */
  async configured(instance: Instance, region: string | undefined): Promise<Terraform> {
    const config: Properties = region ? { ...instance.config, region } : instance.config;
    const key = createHash("sha256")
      .update(JSON.stringify([instance.env, config]))
      .digest("hex");
    const entry = this.entries.get(key) ?? this.start(key, instance, config);
    clearTimeout(entry.idle);
    entry.idle = setTimeout(() => this.end(key, entry), idleMilliseconds).unref();
    return entry.terraform;
  }

  /** The schema is the same for every configuration: it is asked for once. */
  schemas(terraform: Terraform): Promise<Schemas> {
    this.known ??= terraform
      .call<SentSchemas & { diagnostics: Diagnostic[] }>("GetSchema", {})
      .then(readSchemas)
      .catch((error) => {
        this.known = undefined;
        throw error;
      });
    return this.known;
  }

  async stop(): Promise<void> {
    const running = [...this.entries].map(([key, entry]) => this.end(key, entry));
    await Promise.all(running);
  }

  private start(key: string, instance: Instance, config: Properties): Entry {
    const terraform = this.configure(instance, config);
    const entry: Entry = { terraform, idle: undefined };
    this.entries.set(key, entry);
    // A provider that failed or crashed is not kept: the next use starts another one.
    const forget = () => {
      clearTimeout(entry.idle);
      if (this.entries.get(key) === entry) this.entries.delete(key);
    };
    terraform.then((started) => started.ended).then(forget, forget);
    return entry;
  }

  private async configure(instance: Instance, config: Properties): Promise<Terraform> {
    const terraform = await Terraform.start(this.paths, environment(instance.env));
    try {
      const { provider } = await this.schemas(terraform);
      const value = encodeObject(provider, withDefaults(config, instance.env));
      const request = { terraform_version: "1.11.0", config: { msgpack: pack(value) } };
      const answer = await terraform.call<{ diagnostics: Diagnostic[] }>("Configure", request);
      const failure = problem(answer.diagnostics);
      if (failure) throw new Error(failure);
      return terraform;
    } catch (error) {
      terraform.stop();
      throw error;
    }
  }

  private async end(key: string, entry: Entry): Promise<void> {
    clearTimeout(entry.idle);
    if (this.entries.get(key) === entry) this.entries.delete(key);
    const terraform = await entry.terraform.catch(() => undefined);
    terraform?.stop();
    await terraform?.ended;
  }
}

/** Only what the engine's run handed on: no credentials of the machine's user, no instance metadata. */
function environment(env: Instance["env"]): { [name: string]: string } {
  return {
    PATH: process.env.PATH ?? "",
    TMPDIR: process.env.TMPDIR ?? "/tmp",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    ...env,
  };
}

/** An emulator has one host name for all buckets, and is local: the default of 25 attempts would wait for minutes. */
function withDefaults(config: Properties, env: Instance["env"]): Properties {
  const emulator: Properties = env.AWS_ENDPOINT_URL ? { s3UsePathStyle: true, maxRetries: 3 } : {};
  return { skipMetadataApiCheck: "true", ...emulator, ...config };
}
