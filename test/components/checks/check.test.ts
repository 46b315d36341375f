import * as kms from "@pulumi/aws/kms";
import { AuditTrail, DeploymentBinding, Secret, Workspace } from "../../../index";
import { accountId, production } from "../../support/fixtures";
import { attempt } from "../../support/mocks";

/** As JavaScript lets it through. */
const itself = (component: object) => component as never;

test.each<[string, (workspace: Workspace) => unknown, string]>([
  [
    "a Secret",
    (workspace) => new Secret("api-key", { workspace: itself(workspace) }),
    'Secret "api-key": workspace: is the component itself: write euProduction.ref',
  ],
  [
    "a DeploymentBinding",
    (workspace) => new DeploymentBinding("agent", { workspace: itself(workspace), env: { A: { secret: "a" } } }),
    'DeploymentBinding "agent": workspace: is the component itself: write euProduction.ref',
  ],
  [
    "another Workspace, for its trail",
    () => {
      const aws = { region: "us-east-1", accountId };
      const trail = new AuditTrail("audit", { organization: "A", aws, workspaces: [{ name: "other" }] });
      return new Workspace("other", { ...production, auditTrail: itself(trail) });
    },
    'Workspace "other": auditTrail: is the component itself: write auditTrail.ref',
  ],
  [
    "a Secret that is given a resource of its own",
    () => new Secret("api-key", { workspace: itself(new kms.Key("key")) }),
    'Secret "api-key": workspace: is a resource: write out what is asked for here, key by key',
  ],
])("%s says where a component stands in place of its reference", async (_, program, message) => {
  const { errors } = await attempt(() => program(new Workspace("eu-production", production)));
  expect(errors).toEqual([message]);
});
