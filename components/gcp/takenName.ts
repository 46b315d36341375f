import * as secretmanager from "@pulumi/gcp/secretmanager";
import type * as pulumi from "@pulumi/pulumi";
import { forEachName, importCommand } from "../importSetting";
import { found, lookupOptions } from "../lookup";
import { refusedTogether } from "../refusedTogether";
import type { WorkspaceRef } from "../workspaceRef";
import { secretIdOf, secretPath } from "./names";

/** A secret that can't be created, since there is one with its id. */
interface TakenName {
  workspace: WorkspaceRef;
  secretName: string;
}

/**
 * Before a secret is created, in previews as well: is its id free? Runs for new secrets, and for those that Google can't
 * change as asked: then it is their own id that is taken, and nothing is lost. Asks for metadata only.
 */
export const freeNames = refusedTogether<TakenName>((taken) => {
  const places = taken.map(({ workspace }) => secretPath(workspace, "NAME"));
  return [...new Set(places)].flatMap((place) => takenLines(taken.filter((_, index) => places[index] === place)));
});

function takenLines(taken: readonly TakenName[]): string[] {
  const [{ workspace }] = taken as [TakenName];
  const names = taken.map(({ secretName }) => secretName).sort();
  const takeOver = forEachName(names, (name) => importCommand(workspace, name, secretPath(workspace, name)));
  return [
    `workspace "${workspace.name}" in project ${workspace.projectId}: there are secrets with these names: ${names.join(", ")}`,
    `choose other names, or take the secrets over: ${takeOver}`,
    "where this program made them, Google can't change where their values are kept: make others",
  ];
}

export function refuseTakenName(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  const lookup = lookupOptions(options);
  const query = { project: workspace.projectId as string, secretId: secretIdOf(workspace, secretName) };
  return freeNames.hook(`name-is-free:${secretPath(workspace, secretName)}`, async () => {
    const existing =
      workspace.location === undefined
        ? await found(secretmanager.getSecret(query, lookup))
        : await found(secretmanager.getRegionalSecret({ ...query, location: workspace.location }, lookup));
    return existing === undefined ? undefined : { workspace, secretName };
  });
}
