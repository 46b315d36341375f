import type { EcsSecret, OutsideReferences, SecretReference } from "../binding/outside";

/** In the order of their names, which other languages don't keep: another order would be another task definition. */
export function outsideReferences(env: Record<string, SecretReference>): OutsideReferences {
  const byName = Object.entries(env).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ecsSecrets: byName.map(([name, reference]) => ecsSecret(name, reference)),
    lambdaEnvironment: Object.fromEntries(byName.flatMap(([name, reference]) => lambdaVariables(name, reference))),
    cloudRunEnv: [],
  };
}

/**
 * `ARN:json-key:version-stage:version-id`: all colons are there as soon as one part is
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html).
 */
function ecsSecret(name: string, { secretId, field = "", versionId = "" }: SecretReference): EcsSecret {
  const isWhole = field === "" && versionId === "";
  return { name, valueFrom: isWhole ? secretId : `${secretId}:${field}::${versionId}` };
}

/** What a function hands to Secrets Manager when it runs: always for the current version, so a rotation reaches it. */
function lambdaVariables(name: string, { secretId, field }: SecretReference): [string, string][] {
  const id: [string, string] = [`${name}_SECRET_ID`, secretId];
  return field === undefined ? [id] : [id, [`${name}_SECRET_FIELD`, field]];
}
