import { Secret, Workspace } from "../../index";
import { production, ref } from "../support/fixtures";
import { gcpProduction, projectId, projectNumber } from "../support/gcp";
import { attempt, run } from "../support/mocks";

test.each([
  ["AWS", production, "account 111122223333"],
  ["Google Cloud", gcpProduction, `project ${projectId}`],
])("two workspaces of one name on %s are refused in one line", async (_, args, place) => {
  const calls = { "gcp:organizations/getProject:getProject": () => ({ number: projectNumber }) };
  const program = () => {
    for (const name of ["first", "second"]) new Workspace(name, { ...args, workspaceName: "production" });
  };
  const { errors } = await attempt(program, { calls });
  expect(errors).toEqual([
    `Workspace "second": workspaceName: "production" is another workspace of this program in ${place}: give each its own name`,
  ]);
});

test("two secrets of one name in a workspace are refused in one line", async () => {
  const { errors } = await attempt(() => {
    for (const name of ["first", "second"]) new Secret(name, { workspace: ref, secretName: "api-key" });
  });
  expect(errors).toEqual([
    'Secret "second": secretName: "api-key" is another secret of workspace "production" in this program: give each its own name',
  ]);
});

test("the same names elsewhere are others, and so are those of the next program", async () => {
  const program = () => {
    new Workspace("production", production);
    new Secret("a", { workspace: ref, secretName: "api-key" });
    new Secret("b", { workspace: { ...ref, name: "staging" }, secretName: "api-key" });
    new Secret("c", { workspace: { ...ref, prefix: "other" }, secretName: "api-key" });
  };
  await run(program);
  await run(program);
});
