import { ProjectSharing } from "../access";
import type { WorkspaceSpec } from "../backend";
import breakGlass from "./policies/breakGlass.json";
import deployer from "./policies/deployer.json";

/** What the definitions depend on. */
export type Deployed = Pick<WorkspaceSpec, "ref" | "sharing" | "roleParent">;

/**
 * What whoever deploys the workspace, its secrets and its bindings does, as the definition of a custom role. Google knows
 * no policy that is attached to a name: the role is made and bound by hand, and reaches the whole project. Who gives
 * others access to a project can give it to themselves, and that is in the nature of the task. The value of a regional
 * secret is read back by Google's provider, which has no write-only field for it.
 */
export function deployerDefinition({ ref, sharing, roleParent }: Deployed): string {
  const makesRoles = sharing === ProjectSharing.None && roleParent === undefined;
  const includedPermissions = [
    ...deployer.always,
    ...deployer.rotationReminders,
    ...(makesRoles ? deployer.ownRoles : []),
    ...(ref.location === undefined ? [] : deployer.regional),
  ];
  const reads = ref.location === undefined ? "Reads no value." : "Reads values, as the provider does of regional ones.";
  return definition("deployer", `Deploys workspace ${ref.name}. ${reads}`, includedPermissions);
}

/** What reads values in an emergency, and nothing else. */
export function breakGlassDefinition({ ref, sharing }: Deployed): string {
  const bind =
    sharing === ProjectSharing.None ? "" : " Bind it with the condition that the workspace's admins are bound with.";
  return definition("break glass", `Reads values of workspace ${ref.name} in an emergency.${bind}`, breakGlass);
}

/** As `gcloud iam roles create ID --file` takes it: https://cloud.google.com/iam/docs/creating-custom-roles#creating */
function definition(title: string, description: string, includedPermissions: readonly string[]): string {
  return JSON.stringify({
    title: `Vantedge secrets: ${title}`,
    description,
    stage: "GA",
    includedPermissions: [...includedPermissions].sort(),
  });
}
