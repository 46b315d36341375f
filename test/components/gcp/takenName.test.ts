import { Secret, type WorkspaceRef } from "../../../index";
import { canary } from "../../support/fixtures";
import { gcpRef, projectId } from "../../support/gcp";
import { attempt, type Calls, leaks, only, saying } from "../../support/mocks";

const getSecret = "gcp:secretmanager/getSecret:getSecret";
const program =
  (names: string[], workspace: WorkspaceRef = gcpRef) =>
  () => {
    for (const name of names) new Secret(name, { workspace });
  };
const fails = () => {
  throw saying(canary);
};

const subject = `workspace "production" in project ${projectId}`;
const configured = 'pulumi config set --plaintext --path "vantedge-secrets:import.production';
const path = (name: string, location = "") => `projects/${projectId}/${location}secrets/vantedge--production--${name}`;
const replaced = "where this program made them, Google can't change where their values are kept: make others";

test.each<[string, Calls, string[]]>([
  ["free", { [getSecret]: fails }, []],
  [
    "taken",
    { [getSecret]: () => ({ name: path("jwt-secret") }) },
    [
      `${subject}: there are secrets with these names: jwt-secret`,
      `choose other names, or take the secrets over: ${configured}/jwt-secret" "${path("jwt-secret")}"`,
      replaced,
    ],
  ],
])("an id that is %s", async (_, calls, lines) => {
  const outcome = await attempt(program(["jwt-secret"]), { calls, hooks: true, preview: true });
  expect(outcome.errors).toEqual(lines);
  expect(leaks(outcome, canary)).toEqual([]);
  expect(outcome.calls.map(({ token, inputs }) => [token, inputs])).toEqual([
    [getSecret, { project: projectId, secretId: "vantedge--production--jwt-secret" }],
  ]);
  const [hook] = outcome.hooks;
  expect(hook?.opts).toEqual({ onDryRun: true });
  expect(only(outcome.resources, "gcp:secretmanager/secret:Secret").options.beforeCreate).toEqual([hook?.name]);
  const update = await attempt(program(["jwt-secret"]), { calls, hooks: true });
  expect(update.errors).toEqual(
    lines.slice(0, 1).map((line) => expect.stringContaining(`failed: ${line}: pulumi preview says what to do`)),
  );
});

test("a preview tells all ids that are taken at once, each in its place", async () => {
  const getRegional = "gcp:secretmanager/getRegionalSecret:getRegionalSecret";
  const calls: Calls = { [getSecret]: () => ({ name: "a" }), [getRegional]: () => ({ name: "b" }) };
  const both = () => {
    program(["smtp", "api-key"])();
    program(["regional"], { ...gcpRef, location: "europe-west3" })();
  };
  const { errors, calls: asked } = await attempt(both, { calls, hooks: true, preview: true });
  expect(errors).toEqual([
    `${subject}: there are secrets with these names: api-key, smtp`,
    `choose other names, or take the secrets over: for name in api-key smtp; do ${configured}/$name" "${path("$name")}"; done`,
    replaced,
    `${subject}: there are secrets with these names: regional`,
    `choose other names, or take the secrets over: ${configured}/regional" "${path("regional", "locations/europe-west3/")}"`,
    replaced,
  ]);
  expect(asked.find(({ token }) => token === getRegional)?.inputs).toEqual({
    project: projectId,
    location: "europe-west3",
    secretId: "vantedge--production--regional",
  });
});
