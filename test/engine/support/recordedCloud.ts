import type { LoggedRequest } from "../../../local/cloud/requestLog";

/** What a rule can depend on: the tags as they stand. */
interface Tagged {
  arn: string;
  tags: Record<string, string | null>;
}

export interface RecordedSecret extends Tagged {
  name: string;
  keyArn: string | undefined;
  hasValue: boolean;
  /** Whether it has a policy of its own. */
  locked: boolean;
}

export interface RecordedKey extends Tagged {
  aliases: string[];
}

type Names = { [name: string]: unknown };

/**
 * What the requests of a log made, followed one by one: a rule is decided for the secret, key or role as it stood when
 * the request came. Identifiers are resolved as AWS does.
 */
export class RecordedCloud {
  private readonly secrets = new Map<string, RecordedSecret>();
  private readonly keys = new Map<string, RecordedKey>();
  private readonly named = new Map<string, string>();

  /** By ARN, or by name in the region. Undefined where there is none, never was or no longer is. */
  secret(id: string, region: string): RecordedSecret | undefined {
    return this.secrets.get(id) ?? [...this.secrets.values()].find(({ name, arn }) => name === id && isIn(arn, region));
  }

  /** By ARN, id or alias in the region. */
  key(id: string, region: string): RecordedKey | undefined {
    const here = [...this.keys.values()].filter(({ arn }) => isIn(arn, region));
    return here.find(({ arn, aliases }) => arn === id || arn.endsWith(`/${id}`) || aliases.includes(id));
  }

  /** The ARN of a role or policy that was made under this name. */
  arnOf(name: string): string | undefined {
    return this.named.get(name);
  }

  allKeys(): RecordedKey[] {
    return [...this.keys.values()];
  }

  lockedSecrets(): RecordedSecret[] {
    return [...this.secrets.values()].filter(({ locked }) => locked);
  }

  /** What a request did, where AWS did it. */
  follow({ action, parameters = {}, region = "", created, status, bringsValue }: LoggedRequest): void {
    if (status >= 400) return;
    const names = parameters as Names;
    const tags = (names.Tags ?? {}) as Tagged["tags"];
    const tagged = this.secret(String(names.SecretId), region) ?? this.key(String(names.KeyId), region);
    switch (action) {
      case "CreateSecret":
        this.secrets.set(created as string, {
          arn: created as string,
          name: names.Name as string,
          tags,
          keyArn: this.key(String(names.KmsKeyId), region)?.arn,
          hasValue: bringsValue === true,
          locked: false,
        });
        return;
      case "CreateKey":
        this.keys.set(created as string, { arn: created as string, tags, aliases: [] });
        return;
      case "CreateRole":
      case "CreatePolicy":
        this.named.set((names.RoleName ?? names.PolicyName) as string, created as string);
        return;
      case "CreateAlias":
        this.key(names.TargetKeyId as string, region)?.aliases.push(names.AliasName as string);
        return;
      case "DeleteAlias":
        this.dropAlias(names.AliasName as string, region);
        return;
      case "TagResource":
        if (tagged !== undefined) tagged.tags = { ...tagged.tags, ...tags };
        return;
      case "UntagResource":
        for (const key of names.TagKeys as string[]) delete tagged?.tags[key];
        return;
      case "PutSecretValue":
        (this.secret(names.SecretId as string, region) as RecordedSecret).hasValue = true;
        return;
      case "PutResourcePolicy":
      case "DeleteResourcePolicy":
        (tagged as RecordedSecret).locked = action === "PutResourcePolicy";
        return;
      case "DeleteSecret":
        // In its recovery window a secret is still described.
        if (names.ForceDeleteWithoutRecovery === "true") this.secrets.delete(tagged?.arn ?? "");
        return;
    }
  }

  private dropAlias(alias: string, region: string): void {
    const key = this.key(alias, region);
    if (key !== undefined) key.aliases = key.aliases.filter((name) => name !== alias);
  }
}

function isIn(arn: string, region: string): boolean {
  return arn.split(":")[3] === region;
}
