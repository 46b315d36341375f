import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { Listing, MemberKms, Secret, Workspace, type WorkspaceArgs } from "../../index";
import { type Engine, operation } from "./engine";
import { drawValue, type Site } from "./site";

/** A throw-away workspace as the component made it. */
export interface LiveWorkspace {
  name: string;
  keyArn: string;
  roleArns: Record<string, string>;
  createCommand: string;
  updateCommand: string;
  /** A secret with a value, made by the component. */
  stored: { name: string; arn: string };
}

/** The two workspaces differ in what can differ, so that each choice is tried. */
const choices: Record<"a" | "b", Partial<WorkspaceArgs>> = {
  a: { listing: Listing.Account, memberKms: MemberKms.ValidateOnly },
  b: { listing: Listing.None, memberKms: MemberKms.ViaService },
};

export function workspacesStack(engine: Engine, site: Site): Promise<Stack> {
  const values = { a: drawValue(site), b: drawValue(site) };
  const program = async () => ({
    a: outputsOf("a", site, values.a),
    b: outputsOf("b", site, values.b),
  });
  return engine.stack("workspaces", program, site.caller.credentials);
}

export async function provision(stack: Stack): Promise<Record<"a" | "b", LiveWorkspace>> {
  const { outputs } = await operation((onEvent) => stack.up({ onEvent }));
  return { a: outputs.a?.value as LiveWorkspace, b: outputs.b?.value as LiveWorkspace };
}

function outputsOf(which: "a" | "b", { caller, region, names }: Site, value: string): pulumi.Output<LiveWorkspace> {
  const everybody = [caller.principal];
  const name = names[which];
  const workspace = new Workspace(name, {
    organization: "Live check",
    aws: { region, accountId: caller.accountId },
    roles: { viewers: everybody, members: everybody, admins: everybody, owners: everybody },
    ...choices[which],
  });
  const secret = new Secret(`${name}-stored`, {
    workspace: workspace.ref,
    secretName: "stored",
    value: pulumi.secret(value),
    recoveryWindowInDays: 0,
  });
  const { keyArn, roleArns, createCommand, updateCommand } = workspace;
  const stored = { name: secret.cloudName, arn: secret.secretId };
  return pulumi.output({ name, keyArn, roleArns, createCommand, updateCommand, stored });
}
