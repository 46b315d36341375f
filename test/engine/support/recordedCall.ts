import type { LoggedRequest } from "../../../local/cloud/requestLog";
import type { Check } from "../../support/decide";
import { accountId } from "../../support/fixtures";
import type { RecordedCloud, RecordedKey } from "./recordedCloud";

type Context = Check["context"];

/** The version of the value that a validation carries: no version of a secret can have it. */
const validation = "RequestToValidateKeyAccess";
/** Any version that a secret can have: 32 characters at least. */
const storedVersion = "EXAMPLE1-90ab-cdef-fedc-ba987SECRET1";

/** A request, in the words of the table of checks. */
export class Call {
  readonly region: string;
  private readonly names: { [name: string]: unknown };

  constructor(
    readonly request: LoggedRequest,
    private readonly cloud: RecordedCloud,
  ) {
    this.names = request.parameters ?? {};
    this.region = request.region ?? "us-east-1";
  }

  name(parameter: string): string {
    const value = this.names[parameter];
    if (typeof value !== "string") throw new Error(`${this.request.action} names no ${parameter}`);
    return value;
  }

  /** A parameter that is a condition key of its own. */
  text(parameter: string, key: string): Context {
    return this.names[parameter] === undefined ? {} : { [key]: this.name(parameter) };
  }

  requestTags(): Context {
    const tags = (this.names.Tags ?? {}) as Record<string, string | null>;
    return { ...tagContext("aws:RequestTag/", tags), ...keysContext(Object.keys(tags)) };
  }

  tagKeys(): Context {
    return keysContext(this.names.TagKeys as string[]);
  }

  replicas(): Context {
    const regions = this.replicaParameters().map(({ Region }) => Region);
    return regions.length === 0 ? {} : { "secretsmanager:AddReplicaRegions": regions };
  }

  /** Both keys are there where the request names a key, and absent where it doesn't. */
  keyInRequest(): Context {
    if (this.names.KmsKeyId === undefined) return {};
    return {
      "secretsmanager:KmsKeyArn": this.keyParameter().arn,
      "secretsmanager:KmsKeyId": this.name("KmsKeyId"),
    };
  }

  keyParameter(): RecordedKey {
    return this.keyNamed(this.name("KmsKeyId"), this.region);
  }

  keyOfSecret(): RecordedKey {
    const { keyArn } = this.cloud.secret(this.name("SecretId"), this.region) ?? {};
    return this.keyNamed(keyArn ?? "the account's own key", this.region);
  }

  replicaKeys(): RecordedKey[] {
    return this.replicaParameters().map(({ Region, KmsKeyId }) => this.keyNamed(KmsKeyId, Region));
  }

  withTags(then: () => Check): Check[] {
    return Object.keys(this.names.Tags ?? {}).length === 0 ? [] : [then()];
  }

  withReplicas(then: () => Check): Check[] {
    return this.replicaParameters().length === 0 ? [] : [then()];
  }

  withValue(then: () => Check): Check[] {
    return this.request.bringsValue ? [then()] : [];
  }

  withStoredValue(then: () => Check): Check[] {
    return this.cloud.secret(this.name("SecretId"), this.region)?.hasValue ? [then()] : [];
  }

  withKey(then: () => Check[]): Check[] {
    return this.names.KmsKeyId === undefined ? [] : then();
  }

  withOtherKey(then: () => Check[]): Check[] {
    return this.names.KmsKeyId !== undefined && this.keyParameter().arn !== this.keyOfSecret().arn ? then() : [];
  }

  onNewSecret(action: string, context: Context): Check {
    const { Name } = this.names;
    return {
      action: `secretsmanager:${action}`,
      resource: this.secretArn(),
      context: { ...(action === "CreateSecret" ? { "secretsmanager:Name": Name as string } : {}), ...context },
    };
  }

  onSecret(context: Context = {}): Check {
    const tags = this.cloud.secret(this.name("SecretId"), this.region)?.tags ?? {};
    return {
      action: `secretsmanager:${this.request.action}`,
      resource: this.secretArn(),
      context: { ...tagContext("aws:ResourceTag/", tags), ...context },
    };
  }

  onAlias(): Check {
    const resource = `arn:aws:kms:${this.region}:${accountId}:${this.name("AliasName")}`;
    return { action: `kms:${this.request.action}`, resource, context: {} };
  }

  onKey(id: string, context: Context = {}): Check {
    const key = this.keyNamed(id, this.region);
    const byAlias: Context =
      id.startsWith("alias/") && this.request.action === "DescribeKey" ? { "kms:RequestAlias": id } : {};
    return {
      action: `kms:${this.request.action}`,
      resource: key.arn,
      context: { ...keyContext(key), ...byAlias, ...context },
    };
  }

  isFreeAlias(): boolean {
    const id = this.name("KeyId");
    return id.startsWith("alias/") && this.cloud.key(id, this.region) === undefined;
  }

  /** What Secrets Manager asks of KMS before it takes a key. */
  validationOf(key: RecordedKey): Check[] {
    return [this.crypto("GenerateDataKey", key, validation), this.crypto("Decrypt", key, validation)];
  }

  crypto(action: string, key: RecordedKey, version = storedVersion): Check {
    return {
      action: `kms:${action}`,
      resource: key.arn,
      context: {
        ...keyContext(key),
        "kms:ViaService": `secretsmanager.${key.arn.split(":")[3]}.amazonaws.com`,
        "kms:EncryptionContext:SecretARN": this.secretArn(),
        "kms:EncryptionContext:SecretVersionId": version,
      },
    };
  }

  onRole(action: string, context: Context = {}): Check {
    const name = this.name("RoleName");
    const path = (this.names.Path as string | undefined) ?? "/";
    const resource = this.cloud.arnOf(name) ?? `arn:aws:iam::${accountId}:role${path}${name}`;
    return { action: `iam:${action}`, resource, context };
  }

  onPolicy(action: string, context: Context = {}): Check {
    const { PolicyArn, PolicyName, Path = "/" } = this.names;
    const resource = (PolicyArn as string | undefined) ?? `arn:aws:iam::${accountId}:policy${Path}${PolicyName}`;
    return { action: `iam:${action}`, resource, context };
  }

  onFunction(context: Context = {}): Check {
    const id = this.name("FunctionName");
    const resource = id.startsWith("arn:") ? id : `arn:aws:lambda:${this.region}:${accountId}:function:${id}`;
    return { action: `lambda:${this.request.action}`, resource, context };
  }

  private secretArn(): string {
    const id = (this.names.SecretId ?? this.names.Name) as string;
    const known = this.request.created ?? this.cloud.secret(id, this.region)?.arn;
    // Where there is none, AWS asks IAM about the name all the same.
    return (
      known ?? (id.startsWith("arn:") ? id : `arn:aws:secretsmanager:${this.region}:${accountId}:secret:${id}-AbCdEf`)
    );
  }

  private keyNamed(id: string, region: string): RecordedKey {
    const key = this.cloud.key(id, region);
    if (key === undefined) throw new Error(`${this.request.action} uses a key that the log doesn't know: ${id}`);
    return key;
  }

  private replicaParameters(): { Region: string; KmsKeyId: string }[] {
    return (this.names.AddReplicaRegions ?? []) as { Region: string; KmsKeyId: string }[];
  }
}

function keyContext({ tags, aliases }: RecordedKey): Context {
  const named: Context = aliases.length === 0 ? {} : { "kms:ResourceAliases": aliases };
  return { ...tagContext("aws:ResourceTag/", tags), ...named, "kms:CallerAccount": accountId };
}

/** A tag whose value the log keeps to itself has one all the same. */
function tagContext(prefix: string, tags: Record<string, string | null>): Context {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value ?? "some text"]));
}

function keysContext(keys: string[]): Context {
  return keys.length === 0 ? {} : { "aws:TagKeys": keys };
}
