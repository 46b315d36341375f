import type { Policies } from "../../../../components/aws/evaluator/policies";
import { prove } from "../../../../components/aws/prover/prover";
import type { Question } from "../../../../components/aws/prover/question";
import { accountId } from "../../../support/fixtures";

const me = `arn:aws:iam::${accountId}:role/me`;
const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:${accountId}:secret:${name}`;
const allow = (more: object = {}) => ({ Effect: "Allow", Action: "secretsmanager:*", Resource: "*", ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: "Deny" });
const identity = (...Statement: object[]): Policies => ({
  accountId,
  identity: [{ Version: "2012-10-17", Statement }],
});
const reads: Question = { actions: ["secretsmanager:GetSecretValue"], resources: [secret("*")], attached: "nothing" };
const tag = "aws:ResourceTag/team";

test.each<[string, Policies, Question, object]>([
  ["nothing is allowed where nothing allows", identity(allow({ Action: "kms:*" })), reads, { answer: "proved" }],
  [
    "a right is a request, with the shortest of names",
    identity(allow({ Resource: secret("a/*") })),
    reads,
    {
      answer: "counterExample",
      request: { principal: me, action: "secretsmanager:getsecretvalue", resource: secret("a/"), context: {} },
    },
  ],
  ["a denial takes it back", identity(allow(), deny({ Resource: secret("*") })), reads, { answer: "proved" }],
  [
    "NotAction denies what it does not name",
    identity(allow(), { ...deny(), Action: undefined, NotAction: "kms:*" }),
    reads,
    { answer: "proved" },
  ],
  [
    "and leaves what it names",
    identity(allow(), { ...deny(), Action: undefined, NotAction: "secretsmanager:Get*" }),
    reads,
    { answer: "counterExample" },
  ],
  [
    "NotResource leaves what it names",
    identity(allow(), { ...deny(), Resource: undefined, NotResource: secret("own/*") }),
    { ...reads, notResources: [secret("own/*")] },
    { answer: "proved" },
  ],
  [
    "a denial on a condition leaves the key's absence",
    identity(allow(), deny({ Condition: { StringEquals: { [tag]: "x" } } })),
    { ...reads, context: { [tag]: { like: ["x"], presence: "optional" } } },
    { answer: "counterExample", request: { context: {} } },
  ],
  [
    "unless it is there",
    identity(allow(), deny({ Condition: { StringEquals: { [tag]: "x" } } })),
    { ...reads, context: { [tag]: { like: ["x"] } } },
    { answer: "proved" },
  ],
  [
    "what is negated denies an absent key too",
    identity(allow(), deny({ Condition: { StringNotEquals: { [tag]: "x" } } })),
    { ...reads, context: { [tag]: { notLike: ["x"], presence: "optional" } } },
    { answer: "proved" },
  ],
  [
    "of several values, all must be named",
    identity(allow({ Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } } })),
    { ...reads, context: { "aws:TagKeys": { notLike: ["a", "b"] } } },
    { answer: "proved" },
  ],
  [
    "whatever is attached, only denials count",
    identity(deny({ Resource: secret("a/*") })),
    { ...reads, notResources: [secret("a/*")], attached: "anything" },
    { answer: "counterExample" },
  ],
  [
    "a policy variable is not judged",
    identity(allow({ Resource: secret("${aws:PrincipalTag/team}/*") })),
    reads,
    { answer: "unknown", why: "policy variable aws:PrincipalTag/team has not one plain value in this request" },
  ],
  [
    "but where nothing hangs on it",
    identity(allow({ Resource: secret("${aws:PrincipalTag/team}/*") }), deny()),
    reads,
    { answer: "proved" },
  ],
  [
    "nor an operator that is not known",
    identity(allow({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })),
    reads,
    { answer: "unknown", why: "this evaluator doesn't know the operator IpAddress" },
  ],
  ["nor what is no document", { accountId, identity: ["{"] }, reads, { answer: "unknown", why: "it is no JSON" }],
])("%s", (_, policies, question, expected) => {
  expect(prove(policies, me, question)).toMatchObject(expected);
});

test("too many kinds are unknown, and not waited for", () => {
  const values = [..."abcdefghijklmnopqrstuvw"].map((letter) => `*${letter}*`);
  const policies = identity(allow({ Condition: { StringLike: { [tag]: values } } }));
  const before = performance.now();
  expect(prove(policies, me, reads)).toEqual({
    answer: "unknown",
    why: `there are too many kinds of values of ${tag.toLowerCase()}`,
  });
  expect(performance.now() - before).toBeLessThan(5_000);
});

test("a reader of 300 secrets is decided in a second", () => {
  const bound = [...Array(300).keys()].map((index) => secret(`vantedge/production/service-${index}-key-??????`));
  const policies = identity(allow({ Resource: bound }));
  const before = performance.now();
  expect(prove(policies, me, { ...reads, notResources: bound })).toEqual({ answer: "proved" });
  expect(performance.now() - before).toBeLessThan(1_000);
});
