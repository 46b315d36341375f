import { Severity, stackRule } from "../../rule";
import { linked } from "../../stack";
import { isSet, notYetKnown } from "../../value";

const kinds = [
  ["gcp:secretmanager/secretVersion:SecretVersion", "gcp:secretmanager/secret:Secret"],
  ["gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion", "gcp:secretmanager/regionalSecret:RegionalSecret"],
] as const;

/**
 * A new value replaces the version, and the provider destroys the old one, by default: whoever still reads it by number
 * fails, and nothing brings it back (https://cloud.google.com/secret-manager/docs/destroy-secret-version).
 */
export const versionDestroyed = stackRule({
  name: "gcp-secretmanager-version-destroyed",
  requires: "A version of a secret is not destroyed in the moment in which a new one takes its place",
  severity: Severity.Medium,
  ids: [],
  mend: 'set deletionPolicy: "DISABLE" or "ABANDON", or versionDestroyTtl on the secret',
  about: [kinds[0][0], kinds[1][0]],
  problems: (stack) =>
    kinds.flatMap(([versionType, secretType]) =>
      stack
        .ofType(versionType)
        .filter((version) => {
          const { deletionPolicy: kept } = version.values;
          const secrets = linked(stack, version, "secret", secretType);
          if (kept === notYetKnown || secrets.some(({ values }) => isSet(values.versionDestroyTtl))) return false;
          // A secret of another stack may have the safeguard.
          return kept === "DELETE" || (!isSet(kept) && secrets.length > 0);
        })
        .map((resource) => ({ resource, problem: "deletionPolicy destroys it as soon as it is replaced" })),
    ),
});
