import * as pulumi from "@pulumi/pulumi";
import { backendOf } from "../backends";
import { InputError } from "../errors";
import { Freshness } from "./deliveries";
import { secretsInTemplate } from "./rollout";
import type { BindingSpec } from "./spec";

/** The versions that a binding means, by secret name; absent where it means none in particular. */
export type Versions = Record<string, pulumi.Output<string> | undefined>;

/**
 * Pinned, each secret has one. Else only what the program says is known without asking; the cloud is asked where the
 * pods' template shows the version: somebody may have replaced what the program wrote. Listing versions needs no right
 * to read.
 */
export function versionsOf(
  name: string,
  spec: BindingSpec,
  secrets: readonly string[],
  options: pulumi.CustomResourceOptions,
): Versions {
  const { freshness, origins, workspace } = spec;
  const current = (secretName: string) =>
    backendOf(workspace.cloud).currentVersion(workspace, secretName, options as pulumi.InvokeOutputOptions);
  const shown = secretsInTemplate(spec);
  const names = [...new Set([...secrets, ...shown])];
  const versions = names.map((secretName) => {
    const given = givenVersion(spec, secretName);
    if (freshness === Freshness.Pinned)
      return [secretName, required(name, spec, secretName, given ?? current(secretName))];
    if (!shown.includes(secretName) || origins[secretName]?.origin === "pinned") return [secretName, given];
    // What the program writes is asked for when it is written.
    const asked = given === undefined ? current(secretName) : given.apply(() => current(secretName));
    return [secretName, asked.apply((id) => id ?? "none")];
  });
  return Object.fromEntries(versions);
}

/** What rotation or somebody else replaced is not the current one any more. */
function givenVersion(
  { values, origins, freshness }: BindingSpec,
  secretName: string,
): (pulumi.Output<string | undefined> & pulumi.Output<string>) | undefined {
  const versionId = values[secretName]?.versionId;
  const origin = origins[secretName]?.origin;
  const isOld = origin === "rotated" || origin === "elsewhere";
  return versionId === undefined || (isOld && freshness === Freshness.Latest)
    ? undefined
    : (pulumi.output(versionId) as never);
}

function required(
  name: string,
  { workspace }: BindingSpec,
  secretName: string,
  versionId: pulumi.Output<string | undefined>,
): pulumi.Output<string> {
  return versionId.apply((known) => {
    // Another language hands over an empty text for a secret without a value.
    if (known !== undefined && known !== "") return known;
    throw new InputError([
      `DeploymentBinding "${name}": secret "${secretName}" of workspace "${workspace.name}" has no current version: give it a value first, or set freshness: "latest"`,
    ]);
  });
}
