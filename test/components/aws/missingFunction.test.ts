import { CustomResource, unknown } from "@pulumi/pulumi";
import { Secret } from "../../../index";
import { accountId, canary, ref } from "../../support/fixtures";
import { attempt, type Calls, hookOf, lookups, saying } from "../../support/mocks";

const getFunctions = "aws:lambda/getFunctions:getFunctions";
const arn = (name: string) => `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--${name}`;
const listed = (...names: string[]): Calls => ({
  [getFunctions]: () => ({ functionArns: names.map(arn), functionNames: names }),
  "aws:secretsmanager/getSecretVersions:getSecretVersions": () => {
    throw saying("ResourceNotFoundException");
  },
});
const rotated = (name: string, lambdaArn: string, dependsOn?: CustomResource) =>
  new Secret(
    name,
    { workspace: ref, value: canary, rotation: { lambdaArn, intervalDays: 30 } },
    dependsOn === undefined ? {} : { dependsOn },
  );
const missing = (secret: string, name: string) =>
  `Secret "${secret}": rotation.lambdaArn: there is no function ${arn(name)}: make it first. It runs as the role ` +
  "rotatorRoleArn of the workspace, which a first pulumi up without rotation makes";

test("a preview refuses functions that are not there, all at once", async () => {
  const program = () => {
    rotated("a", arn("rotator"));
    rotated("b", arn("rotatr"));
    rotated("c", arn("rotatro"));
  };
  const { errors, calls } = await attempt(program, { calls: listed("rotator"), hooks: true, preview: true });
  expect(errors.sort()).toEqual([missing("b", "rotatr"), missing("c", "rotatro")]);
  // Asked for one function, the provider would hand over its variables.
  const tokens = lookups(calls).map(({ token }) => token);
  expect(tokens.filter((token) => token.startsWith("aws:lambda"))).toEqual([getFunctions, getFunctions, getFunctions]);
});

test.each<[string, Calls]>([
  ["is there", listed("rotator")],
  [
    "may not be told",
    {
      ...listed(),
      [getFunctions]: () => {
        throw saying("api error AccessDeniedException");
      },
    },
  ],
])("one that %s is no problem", async (_, calls) => {
  const { errors } = await attempt(() => rotated("a", arn("rotator")), { calls, hooks: true, preview: true });
  expect(errors).toEqual([]);
});

test("an update asks for nothing: the preview did", async () => {
  const { errors, calls } = await attempt(() => rotated("a", arn("rotator")), { calls: listed(), hooks: true });
  expect(errors).toEqual([]);
  expect(calls.filter(({ token }) => token === getFunctions)).toEqual([]);
});

test("what the secret waits for may be the function", async () => {
  class Function extends CustomResource {}
  const program = () => rotated("a", arn("rotator"), new Function("aws:lambda/function:Function", "rotator", {}));
  const { errors } = await attempt(program, { calls: listed(), hooks: true, preview: true });
  expect(errors).toEqual([]);
});

test("one that this program makes is not known yet", async () => {
  const program = async () => {
    const { urn } = rotated("a", arn("rotator"));
    await new Promise((resolve) => urn.apply(resolve));
    await hookOf("function-is-there").callback({ newInputs: { function: unknown } } as never);
  };
  const { errors, calls } = await attempt(program, { calls: listed(), preview: true });
  expect(errors).toEqual([]);
  expect(calls.filter(({ token }) => token === getFunctions)).toEqual([]);
});
