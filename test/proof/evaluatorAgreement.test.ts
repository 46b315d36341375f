import * as fc from "fast-check";
import { evaluator } from "../../components/aws/evaluator/evaluator";
import { type Case, concepts } from "../components/aws/evaluator/cases";
import { anyPolicies, type Draw, ownPolicies } from "./evaluatorAgreement/draws";
import { peer } from "./evaluatorAgreement/peer";

const seed = 20_261_125;
/** Each is a set of policies with ten requests. */
test.each<[string, number, fc.Arbitrary<Draw>]>([
  ["any policies", 700, anyPolicies],
  ["the package's own documents", 400, ownPolicies],
])(
  "decides drawn requests on %s (%i times ten) as iam-simulate does",
  async (name, draws, drawn) => {
    const counts = { allowed: 0, explicitlyDenied: 0, implicitlyDenied: 0, unknown: 0 };
    const decisive = { identity: 0, boundary: 0, resource: 0, key: 0 };
    await fc.assert(
      fc.asyncProperty(drawn, async ({ policies, requests }) => {
        const decide = evaluator(policies);
        const decidePeer = peer(policies);
        for (const request of requests) {
          const { decision, by } = decide(request);
          counts[decision]++;
          for (const policy of new Set(by.map((place) => place.policy))) decisive[policy]++;
          expect({ request, decision }).toEqual({ request, decision: await decidePeer(request) });
        }
      }),
      { seed, numRuns: draws },
    );
    process.stdout.write(`${name}, seed ${seed}: ${JSON.stringify({ ...counts, decisive })}\n`);
    expect(counts.unknown).toBe(0);
    expect(Math.min(counts.allowed, counts.explicitlyDenied, counts.implicitlyDenied)).toBeGreaterThan(draws);
    // Each kind of policy has its say often.
    expect(Math.min(...Object.values(decisive))).toBeGreaterThan(draws / 10);
  },
  300_000,
);

/** The written cases; where the evaluator says "unknown" there is nothing to agree with. */
const { unknown: _, ...decidable } = concepts;
const cases = Object.values(decidable)
  .flat()
  .filter(({ decision }) => decision !== "unknown");

test.each(cases.filter(({ peer: differs }) => differs === undefined).map((row) => [row.name, row] as const))(
  "iam-simulate agrees: %s",
  async (_, { policies, request, decision }: Case) => {
    expect(await peer(policies)(request)).toBe(decision);
  },
);

/** Shapes that are not drawn. Once iam-simulate follows, a test fails here, and the shape may be drawn. */
test.each(cases.filter(({ peer: differs }) => differs !== undefined).map((row) => [row.name, row.peer, row] as const))(
  "iam-simulate differs: %s: it %s",
  async (_, __, { policies, request, decision }: Case) => {
    expect(await peer(policies)(request)).not.toBe(decision);
  },
);
