import type { ResourceHook } from "@pulumi/pulumi";
import { firstActions } from "../../../components/aws/permissions";
import { Workspace } from "../../../index";
import { accountId } from "../../support/fixtures";
import { attempt, type Calls } from "../../support/mocks";

const role = `arn:aws:iam::${accountId}:role/deploy/ci`;
const session = `arn:aws:sts::${accountId}:assumed-role/ci/run-7`;
const getSession = "aws:iam/getSessionContext:getSessionContext";
const simulate = "aws:iam/getPrincipalPolicySimulation:getPrincipalPolicySimulation";

/** IAM's answer: allowed but for some actions, of which some hang on a condition. */
const answering =
  (denied: Record<string, string[]>): Calls[string] =>
  ({ actionNames }) => ({
    results: (actionNames as string[]).map((actionName) => ({
      actionName,
      allowed: denied[actionName] === undefined,
      missingContextKeys: denied[actionName] ?? [],
    })),
  });

let hook: ResourceHook | undefined;
jest.mock("../../../components/aws/permissions", () => {
  const { firstActions, warnOfMissingPermissions } = jest.requireActual("../../../components/aws/permissions");
  return {
    firstActions,
    warnOfMissingPermissions: (...args: unknown[]) => {
      hook = warnOfMissingPermissions(...args);
      return hook;
    },
  };
});

/** Registers a workspace, and runs the hook as the engine does before it creates the key. */
const asked = (calls: Calls) =>
  attempt(
    async () => {
      const workspace = new Workspace("production", {
        organization: "AI Startup",
        aws: { region: "us-east-1", accountId },
      });
      await new Promise((resolve) => workspace.keyArn.apply(resolve));
      await hook?.callback({} as never);
    },
    {
      calls: {
        "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId, arn: session }),
        [getSession]: () => ({ issuerArn: role }),
        ...calls,
      },
    },
  );

test.each<[string, Calls, string | undefined]>([
  ["nothing is denied", { [simulate]: answering({}) }, undefined],
  [
    "actions are denied",
    { [simulate]: answering({ "iam:CreateRole": [], "kms:CreateKey": [] }) },
    'Workspace "production": IAM says that the deployer may not kms:CreateKey, iam:CreateRole: ' +
      "allow that in the policy of whoever runs pulumi up",
  ],
  ["a denial hangs on a condition", { [simulate]: answering({ "kms:CreateKey": ["aws:RequestTag/x"] }) }, undefined],
  [
    "IAM may not be asked",
    {
      [simulate]: () => {
        throw new Error("AccessDenied");
      },
    },
    undefined,
  ],
])("%s", async (_, calls, warning) => {
  const { errors, logs } = await asked(calls);
  expect(errors).toEqual([]);
  expect(logs.filter((line) => line.includes("deployer"))).toEqual(
    warning === undefined ? [] : [`warning: [runtime] ${warning}`],
  );
});

test("a session is asked for as the role that it took, about the workspace's own things", async () => {
  const { calls } = await asked({ [simulate]: answering({}) });
  const simulations = calls.filter(({ token }) => token === simulate).map(({ inputs }) => inputs);
  expect(new Set(simulations.map(({ policySourceArn }) => policySourceArn))).toEqual(new Set([role]));
  const resources = new Set(simulations.flatMap(({ resourceArns }) => resourceArns as string[]));
  expect([...resources].sort()).toEqual([
    "*",
    `arn:aws:iam::${accountId}:role/vantedge/production/*`,
    `arn:aws:kms:*:${accountId}:alias/vantedge-production`,
    `arn:aws:kms:*:${accountId}:key/*`,
    `arn:aws:secretsmanager:*:${accountId}:secret:vantedge/production/*`,
  ]);
});

test("what the first up does is asked for, and nothing else", async () => {
  const { calls } = await asked({ [simulate]: answering({}) });
  const simulations = calls.filter(({ token }) => token === simulate).map(({ inputs }) => inputs);
  const actions = new Set(simulations.flatMap(({ actionNames }) => actionNames as string[]));
  expect([...actions].sort()).toEqual([...firstActions]);
});
