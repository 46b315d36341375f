import type { CloudRunVariable, OutsideReferences, SecretReference } from "../binding/outside";
import { versionNumberOf } from "./versions";

/** In the order of their names, which other languages don't keep: another order would be another revision. */
export function outsideReferences(env: Record<string, SecretReference>): OutsideReferences {
  const byName = Object.entries(env).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ecsSecrets: [],
    lambdaEnvironment: {},
    cloudRunEnv: byName.map(([name, reference]) => cloudRunVariable(name, reference)),
  };
}

/** By the whole path, which is a secret of another project too: https://cloud.google.com/run/docs/configuring/services/secrets */
function cloudRunVariable(name: string, { secretId, versionId }: SecretReference): CloudRunVariable {
  const version = versionId === undefined ? "latest" : versionNumberOf(versionId);
  return { name, valueSource: { secretKeyRef: { secret: secretId, version } } };
}
