import * as pulumi from "@pulumi/pulumi";
import { defaultProviderProblem } from "../../../components/aws/defaultProvider";
import { identityOf } from "../../../components/aws/preflight";
import { accountId, canary } from "../../support/fixtures";

jest.mock("../../../components/aws/preflight", () => ({
  ...jest.requireActual("../../../components/aws/preflight"),
  identityOf: jest.fn(),
}));
const asked = identityOf as jest.MockedFunction<typeof identityOf>;

const environment = { ...process.env };
const home = { accountId, region: "eu-west-1" };
let getEngine: jest.SpyInstance;

beforeEach(() => {
  asked.mockReset().mockResolvedValue({ problem: "no credentials" });
  getEngine = jest.spyOn(pulumi.runtime, "getEngine").mockReturnValue({} as never);
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$/i.test(name)) delete process.env[name];
  pulumi.runtime.setAllConfig({});
});
afterEach(() => {
  getEngine.mockRestore();
  process.env = { ...environment };
});

const signIn = () => asked.mock.calls[0]?.[1];

test("is told before the provider starts, from what the environment offers", async () => {
  expect(await defaultProviderProblem(home)).toBe("no credentials");
  expect(asked.mock.calls).toEqual([[{ cloud: "aws", ...home }, {}]]);
});

test("credentials that work are no problem, whoever's they are: the provider is asked for that", async () => {
  asked.mockResolvedValue({ account: "999900001111" });
  expect(await defaultProviderProblem(home)).toBeUndefined();
});

test("nobody is asked in a unit test, which has no engine", async () => {
  getEngine.mockReturnValue(undefined);
  expect(await defaultProviderProblem(home)).toBeUndefined();
  expect(asked).not.toHaveBeenCalled();
});

test("keys of the environment go before the profile that it names, as with the provider", async () => {
  Object.assign(process.env, { AWS_PROFILE: "dev", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: canary });
  await defaultProviderProblem(home);
  expect(signIn()).toEqual({ credentials: { accessKeyId: "AKIA", secretAccessKey: canary } });
});

test.each<[string, Record<string, string>, object]>([
  ["a profile", { "aws:profile": "prod", "aws:region": "us-east-1" }, { profile: "prod" }],
  [
    "keys",
    { "aws:accessKey": "AKIA", "aws:secretKey": canary, "aws:token": "t" },
    { credentials: { accessKeyId: "AKIA", secretAccessKey: canary, sessionToken: "t" } },
  ],
])("the stack's configuration may name %s", async (_, config, expected) => {
  process.env.AWS_ACCESS_KEY_ID = "AKIAOTHER";
  process.env.AWS_SECRET_ACCESS_KEY = "other";
  pulumi.runtime.setAllConfig(config);
  await defaultProviderProblem(home);
  expect(signIn()).toEqual(expected);
});

test.each<[string, () => void]>([
  [
    "another process's environment, by the Automation API",
    () => jest.spyOn(pulumi.runtime, "getStackResource").mockReturnValueOnce({} as never),
  ],
  ["a role to take", () => pulumi.runtime.setAllConfig({ "aws:assumeRoles": '[{"roleArn":"arn"}]' })],
  ["none at all", () => pulumi.runtime.setAllConfig({ "pulumi:disable-default-providers": '["aws"]' })],
  ["other endpoints", () => pulumi.runtime.setAllConfig({ "aws:endpoints": "[]" })],
  [
    "a proxy, which the SDK here does not use",
    () => {
      process.env.https_proxy = "http://proxy:3128";
    },
  ],
])("only the provider knows with %s", async (_, set) => {
  set();
  expect(await defaultProviderProblem(home)).toBeUndefined();
  expect(asked).not.toHaveBeenCalled();
});
