import type * as pulumi from "@pulumi/pulumi";
import { refusedTogether } from "../refusedTogether";
import type { WorkspaceRef } from "../workspaceRef";
import { hookName } from "./secretName";
import { type TakenName, takenName, takenNameLines } from "./takenName";
import { type TakenPart, takenAlias, takenRole, takenWorkspaceLines } from "./takenWorkspace";

/**
 * Before something with a name of its own is created, in previews as well: is the name free? What is not is said with what
 * mends it, and nothing is created. An error hook could explain the cloud's own error, but where `pulumi destroy` fails it
 * hides the reason: the engine then says that the hook isn't registered (pkg/v3 resource/deploy/deployment.go,
 * RunErrorHooks).
 */
export const freeNames = refusedTogether<TakenName | TakenPart>((taken) => {
  const parts = taken.filter((one) => "part" in one);
  const secrets = taken.filter((one) => "secretName" in one);
  // The owner of the workspace owns its secrets too: another stack should not take them over.
  const others = secrets.filter(({ workspace }) => !parts.some((part) => isSame(part.workspace, workspace)));
  return [...takenWorkspaceLines(parts), ...takenNameLines(others)];
});

function isSame(one: WorkspaceRef, other: WorkspaceRef): boolean {
  return one.name === other.name && one.accountId === other.accountId;
}

const ruleOf = (kind: string, { accountId }: WorkspaceRef) => `${kind}-is-free:${accountId}`;

export function refuseTakenName(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  return freeNames.hook(hookName("name-is-free", workspace, secretName), () =>
    takenName(workspace, secretName, options),
  );
}

export function refuseTakenAlias(
  workspace: WorkspaceRef,
  alias: string,
  region: string,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  return freeNames.hook(`${ruleOf("alias", workspace)}:${region}:${alias}`, () =>
    takenAlias(workspace, alias, region, options),
  );
}

export function refuseTakenRole(
  workspace: WorkspaceRef,
  name: string,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  return freeNames.hook(`${ruleOf("role", workspace)}:${name}`, () => takenRole(workspace, name, options));
}
