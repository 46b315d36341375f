import { type Finding, Severity, stackRule } from "../../rule";
import type { Stack, StackResource } from "../../stack";
import { isSet, notYetKnown } from "../../value";
import { ownerOf, prefixesOf, workspaceNamed, workspaceOfName } from "./workspaces";

const secretType = "aws:secretsmanager/secret:Secret";

/** What one workspace stores, the key of another must not open. */
export const secretKey = stackRule({
  name: "vantedge-secret-key",
  requires: "A secret whose name is of a workspace is encrypted with that workspace's key",
  severity: Severity.High,
  ids: [],
  mend: "make it with the Secret component, or set kmsKeyId to the workspace's keyArn",
  about: secretType,
  problems: (stack) => {
    const prefixes = prefixesOf(stack);
    return stack.ofType(secretType).flatMap((resource): Finding[] => {
      const workspace = workspaceOfName(resource.values.name, prefixes);
      const problem = workspace === undefined ? undefined : problemOf(stack, resource, workspace);
      return problem === undefined ? [] : [{ resource, problem: `kmsKeyId ${problem}` }];
    });
  },
});

const wrong = "is not the key of the workspace of its name";

function problemOf(stack: Stack, secret: StackResource, name: string): string | undefined {
  const { kmsKeyId } = secret.values;
  if (!isSet(kmsKeyId)) return "is missing, and AWS's own key opens it to everybody there";
  const workspace = workspaceNamed(stack, name);
  const keys = secret.referredBy("kmsKeyId").filter(({ type }) => type.startsWith("aws:kms/"));
  if (keys.length > 0) {
    const owners = keys.map((key) => ownerOf(key)?.values.workspaceName);
    if (owners.some((owner) => typeof owner === "string" && owner !== name)) return wrong;
    // Without the component here, whose key it is stands elsewhere.
    return workspace !== undefined && owners.every((owner) => owner === undefined) ? wrong : undefined;
  }
  return isForeign(String(kmsKeyId === notYetKnown ? "" : kmsKeyId), name, workspace) ? wrong : undefined;
}

/** Of a key that is given as a text: a workspace's alias says whose it is, an ARN is compared with one of its region. */
function isForeign(key: string, name: string, workspace: StackResource | undefined): boolean {
  const alias = /(?:^|:)alias\/(.+)$/.exec(key)?.[1];
  if (alias !== undefined) return alias !== `vantedge-${name}`;
  const own = workspace?.values.keyArn;
  return typeof own === "string" && regionOf(key) !== undefined && regionOf(key) === regionOf(own) && key !== own;
}

function regionOf(arn: string): string | undefined {
  return /^arn:[^:]+:kms:([^:]+):/.exec(arn)?.[1];
}
