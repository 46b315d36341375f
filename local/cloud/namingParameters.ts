/** What a request names, so that access rules can be decided for it afterwards. Never a value, a document or a token. */
export type NamingParameters = { [name: string]: NamingParameter };
export type NamingParameter = string | NamingParameter[] | { [name: string]: NamingParameter | null };

/**
 * The only parameters that are written down, whatever the service: what is not here may hold a value. Each is an
 * identifier, a switch or a number of days.
 */
const naming = new Set([
  // Secrets Manager
  ...["SecretId", "Name", "KmsKeyId", "AddReplicaRegions", "RemoveReplicaRegions", "ReplicaRegions", "Region"],
  ...["RecoveryWindowInDays", "ForceDeleteWithoutRecovery", "ForceOverwriteReplicaSecret", "BlockPublicPolicy"],
  ...["RotationLambdaARN", "RotateImmediately"],
  // KMS
  ...["KeyId", "AliasName", "TargetKeyId", "PendingWindowInDays", "BypassPolicyLockoutSafetyCheck"],
  // IAM and STS
  ...["RoleName", "RoleArn", "Path", "PathPrefix", "PolicyName", "PolicyArn", "VersionId", "PermissionsBoundary"],
  ...["PolicySourceArn"],
  // Lambda and EKS: the function and the cluster stand in the path
  ...["FunctionName", "StatementId", "Principal", "roleArn", "namespace", "serviceAccount"],
  // Everywhere
  ...["ResourceArn", "TagKeys"],
]);

/** Tags are free text: their keys are told, and of values the one that access depends on. */
const decisiveTag = "vantedge-workspace";

/** How a body says its parameters. A body of any other kind, such as an object for S3, is none of our business. */
export type Protocol = "json" | "form" | "none";

/** A request's parameters, of all of which only the naming ones are kept. */
export function namingParameters(body: string, protocol: Protocol): NamingParameters {
  return kept(parametersOf(body, protocol));
}

/** Secrets Manager asks KMS for more where a value comes along: that one is there is told, and nothing of it. */
export function bringsValue(body: string, protocol: Protocol): boolean {
  const { SecretString, SecretBinary } = parametersOf(body, protocol);
  return SecretString !== undefined || SecretBinary !== undefined;
}

function parametersOf(body: string, protocol: Protocol): Record<string, unknown> {
  switch (protocol) {
    case "json":
      return jsonParameters(body);
    case "form":
      return formParameters(new URLSearchParams(body));
    case "none":
      return {};
  }
}

function kept(parameters: object): NamingParameters {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => {
      if (name === "Tags" || name === "tags") return [["Tags", tags(value)]];
      const told = naming.has(name) ? plain(value) : undefined;
      return told === undefined ? [] : [[name, told]];
    }),
  );
}

function plain(value: unknown): NamingParameter | undefined {
  if (Array.isArray(value)) return value.map(plain).filter((item) => item !== undefined);
  if (typeof value === "object") return value === null ? undefined : kept(value);
  return String(value);
}

/** `[{ Key, Value }]`, KMS's `[{ TagKey, TagValue }]`, or a map. */
function tags(given: unknown): Record<string, string | null> {
  if (typeof given !== "object" || given === null) return {};
  const entries = Array.isArray(given)
    ? given.map((tag) => [tag?.Key ?? tag?.TagKey, tag?.Value ?? tag?.TagValue])
    : Object.entries(given);
  return Object.fromEntries(entries.map(([key, value]) => [String(key), key === decisiveTag ? String(value) : null]));
}

function jsonParameters(body: string): Record<string, unknown> {
  try {
    const parameters = JSON.parse(body);
    return typeof parameters === "object" && parameters !== null ? parameters : {};
  } catch {
    return {};
  }
}

/** `Tags.member.1.Key=team` is the `Key` of the first of `Tags`. */
function formParameters(form: URLSearchParams): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of form) {
    const [top = "", list, index, field] = name.split(".");
    if (list !== "member") {
      parameters[top] = value;
      continue;
    }
    const items = Array.isArray(parameters[top]) ? parameters[top] : [];
    const place = Number(index) - 1;
    items[place] = field === undefined ? value : { ...items[place], [field]: value };
    parameters[top] = items;
  }
  return parameters;
}
