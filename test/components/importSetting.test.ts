import { Secret } from "../../index";
import { accountId, ref } from "../support/fixtures";
import { gcpRef, projectId } from "../support/gcp";
import { attempt, only, run } from "../support/mocks";

const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/${name}-AbCdEf`;
const setting = (value: unknown) => ({ "vantedge-secrets:import": JSON.stringify(value) });
const secretType = "aws:secretsmanager/secret:Secret";
const notice =
  "vantedge-secrets:import is set: the secrets that it names are taken over as they are, and a value that the program " +
  "gives is written as a new version. After this pulumi up, run pulumi config rm vantedge-secrets:import";

test("takes over the secrets that it names, as import of each would", async () => {
  const config = setting({ "production/a": arn("a"), "production/b": arn("b"), "other/c": arn("c") });
  const program = () => {
    for (const name of ["a", "b", "c"]) new Secret(name, { workspace: ref });
  };
  const { resources, logs } = await run(program, { config });
  expect(["a", "b", "c"].map((name) => only(resources, secretType, name).options.import)).toEqual([
    `${arn("a")}@us-east-1`,
    `${arn("b")}@us-east-1`,
    "",
  ]);
  expect(only(resources, secretType, "a").options.ignoreChanges).toContain("tags");
  expect(logs.filter((line) => line.includes("vantedge-secrets:import"))).toEqual([`info: [runtime] ${notice}`]);
});

test("goes by the name in the workspace, and after import of the secret itself", async () => {
  const config = setting({ "production/a": arn("b") });
  const program = () => new Secret("logical", { workspace: ref, secretName: "a", import: arn("a") });
  const { resources } = await run(program, { config });
  expect(only(resources, secretType).options.import).toBe(`${arn("a")}@us-east-1`);
});

test("of Google Cloud it has the path", async () => {
  const path = `projects/${projectId}/secrets/vantedge--production--a`;
  const { resources } = await run(() => new Secret("a", { workspace: gcpRef }), {
    config: setting({ "production/a": path }),
  });
  expect(only(resources, "gcp:secretmanager/secret:Secret").options.import).toBe(path);
});

test("is as exact as import", async () => {
  const { errors } = await attempt(() => new Secret("a", { workspace: ref }), {
    config: setting({ "production/a": arn("b") }),
  });
  expect(errors).toEqual([
    `Secret "a": import: must be the ARN of the secret of this very name: ${arn("a").slice(0, -"AbCdEf".length)} and six characters`,
  ]);
});

test.each([["a text"], [["list"]], [{ "production/a": "" }], [{ "production/a": 1 }], ["{"]])(
  "that is no set of identifiers is refused: %j",
  async (value) => {
    const config = { "vantedge-secrets:import": value === "{" ? "{" : JSON.stringify(value) };
    const { errors } = await attempt(() => new Secret("a", { workspace: ref }), { config });
    expect(errors).toEqual([
      "stack configuration: vantedge-secrets:import: must be a set of identifiers by workspace/secret: run pulumi config rm vantedge-secrets:import",
    ]);
  },
);
