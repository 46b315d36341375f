import { Secret, SecretType, Workspace } from "../../../index";
import { production } from "../../support/fixtures";
import { type Registered, run } from "../../support/mocks";

/** What decides access: each role, policy and key with the size of its documents. */
function accessResources(resources: readonly Registered[]): string[] {
  return resources
    .filter(({ type }) => /^aws:(iam|kms)\//.test(type))
    .map(({ type, name, inputs }) => {
      const sizes = [inputs.policy, inputs.assumeRolePolicy].filter((text) => typeof text === "string");
      return `${type} ${name} ${sizes.map((text) => text.length).join(" ")}`;
    });
}

async function resourcesOf(secretsEach: number): Promise<Registered[]> {
  const { resources } = await run(() => {
    for (const workspaceName of ["production", "development"]) {
      const { ref } = new Workspace(workspaceName, { ...production, rotator: true });
      for (let number = 1; number <= secretsEach; number++) {
        new Secret(`${workspaceName}-${number}`, {
          workspace: ref,
          secretName: `secret-${number}`,
          type: SecretType.Generic,
          value: "any",
        });
      }
    }
  });
  return resources;
}

test("two workspaces of one account with 100 secrets each have the roles, policies and keys of those with one", async () => {
  const [few, many] = [await resourcesOf(1), await resourcesOf(100)];
  const secrets = (resources: Registered[]) =>
    resources.filter(({ type }) => type === "aws:secretsmanager/secret:Secret").length;
  expect([secrets(few), secrets(many)]).toEqual([2, 200]);
  // Of each: four roles and the rotator, with two policies each, and a key with its alias.
  expect(accessResources(few)).toHaveLength(2 * (5 * 3 + 2));
  expect(accessResources(many)).toEqual(accessResources(few));
}, 120_000);
