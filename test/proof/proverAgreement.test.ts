import fc from "fast-check";
import type { Policies } from "../../components/aws/evaluator/policies";
import type { AccessRequest } from "../../components/aws/evaluator/request";
import { type Model, modelOf } from "../../components/aws/prover/prover";
import { type Answer, all, decide } from "../../components/prover/formula";
import { atom } from "../../components/prover/variables";
import { truths } from "../support/truths";
import { rolesOf } from "./cast";
import { anyPolicies } from "./evaluatorAgreement/draws";
import { peer, peerOfAny } from "./evaluatorAgreement/peer";
import { homeOf, recordWorkspaces } from "./world";

const seed = 20_261_130;
const regions = ["us-east-1", "eu-central-1"];
const any = { actions: ["*"], attached: "nothing" } as const;

/** Each role of two workspaces, at the key of each of them. */
async function models(): Promise<{ policies: Policies; model: Model }[]> {
  const recorded = await recordWorkspaces(["production", "production-eu"], { regions });
  const roles = ["production", "production-eu"].flatMap((name) => rolesOf(recorded, homeOf(name, recorded, regions)));
  return roles.flatMap(({ arn, access, guard }) =>
    recorded.keys.map(({ policy: key }) => {
      const policies = { accountId: "111122223333", identity: [...access, ...guard], key };
      return { policies, model: modelOf(policies, arn, any) as Model };
    }),
  );
}

test("10,000 requests made of the kinds are decided as by iam-simulate", async () => {
  const cast = await models();
  const draw = fc.tuple(fc.nat(cast.length - 1), fc.array(fc.nat(), { minLength: 40, maxLength: 40 }));
  const counts = { allowed: 0, denied: 0 };
  const deciders = cast.map(({ policies }) => peerOfAny(policies));
  fc.assert(
    fc.property(draw, ([which, numbers]) => {
      const { model } = cast[which] as (typeof cast)[number];
      const choice = new Map(
        model.variables.map(({ name, witnesses }, index) => [
          name,
          (numbers[index % numbers.length] as number) % witnesses.length,
        ]),
      );
      const request = model.requestOf(choice);
      // AWS asks about all resources for actions that have none; iam-simulate then takes any Resource for a match.
      fc.pre(request.resource !== "*");
      const { sure, possible } = truths(model.formula, choice);
      expect(sure).toBe(possible);
      const decision = (deciders[which] as (typeof deciders)[number])(request);
      counts[sure ? "allowed" : "denied"]++;
      expect({ request, isAllowed: sure }).toEqual({ request, isAllowed: decision === "allowed" });
    }),
    { seed, numRuns: 10_000 },
  );
  process.stdout.write(`requests of the kinds, seed ${seed}: ${JSON.stringify(counts)}\n`);
});

test("2,000 drawn requests on drawn policies are found exactly where iam-simulate allows them", async () => {
  const counts = { possible: 0, impossible: 0, unknown: 0 };
  await fc.assert(
    fc.asyncProperty(anyPolicies, async ({ policies, requests }) => {
      for (const request of requests) {
        const answer = answerTo(request, policies);
        counts[answer]++;
        const decision = await peer(policies)(request);
        // Policy variables, of which the prover says nothing.
        if (answer === "unknown") continue;
        expect(answer).toBe(decision === "allowed" ? "possible" : "impossible");
      }
    }),
    { seed, numRuns: 200 },
  );
  process.stdout.write(`drawn requests, seed ${seed}: ${JSON.stringify(counts)}\n`);
  expect(counts.possible).toBeGreaterThan(200);
  expect(counts.unknown).toBeLessThan(100);
});

/** Whether this very request is allowed, by the formula of all requests. */
function answerTo({ principal, action, resource, context = {} }: AccessRequest, policies: Policies): Answer["answer"] {
  const exact = Object.entries(context).map(([key, value]) => [key, { like: [value].flat() }] as const);
  const asked = { actions: [action], resources: [resource], context: Object.fromEntries(exact) };
  const model = modelOf(policies, principal, { ...asked, attached: "nothing" });
  if (typeof model === "string") return "unknown";
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const others = model.variables.filter(({ name, witnesses }) => !given.has(name) && witnesses.includes(undefined));
  const isExact = [
    ...others.map((variable) => atom(variable, (value) => value === undefined)),
    ...model.variables
      .filter(({ name }) => name === "resource")
      .map((variable) => atom(variable, (value) => value === resource)),
  ];
  const kinds = new Map(model.variables.map(({ name, witnesses }) => [name, witnesses.length]));
  return decide(all(model.formula, ...isExact), kinds).answer;
}
