import * as fc from "fast-check";
import { conditionValues } from "./facts";

/** A text of the policy for a value of the request: the same, or with wildcards in it. */
const widened = (value: string) =>
  fc.oneof(
    fc.constant(value),
    fc.nat(value.length).map((at) => `${value.slice(0, at)}*`),
    fc.nat(value.length).map((at) => `*${value.slice(at)}`),
    fc.nat(Math.max(value.length - 1, 0)).map((at) => `${value.slice(0, at)}?${value.slice(at + 1)}`),
  );

/** An ARN pattern keeps its colons: without them it would be none. */
const widenedArn = (value: string) =>
  fc
    .tuple(
      ...value
        .split(":")
        .map((part, index) =>
          index === 0
            ? fc.constant(part)
            : fc.oneof({ arbitrary: fc.constant(part), weight: 5 }, { arbitrary: widened(part), weight: 1 }),
        ),
    )
    .map((parts) => parts.join(":"));

const sets = ["", "ForAnyValue:", "ForAllValues:"] as const;
const multivalued = ["aws:TagKeys", "secretsmanager:AddReplicaRegions"];
const arns = [
  "aws:PrincipalArn",
  "aws:SourceArn",
  "secretsmanager:RotationLambdaARN",
  "secretsmanager:resource/AllowRotationLambdaArn",
  "secretsmanager:KmsKeyArn",
];
const booleans = [
  "aws:MultiFactorAuthPresent",
  "secretsmanager:ForceDeleteWithoutRecovery",
  "secretsmanager:BlockPublicPolicy",
];
const orders = ["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals", "Equals", "NotEquals"];

const prefixed = (prefix: string, names: readonly string[]) => names.map((name) => `${prefix}${name}`);

function operatorsOf(name: string): string[] {
  if (name === "aws:CurrentTime") return prefixed("Date", orders);
  if (name === "aws:MultiFactorAuthAge") return prefixed("Numeric", orders);
  if (booleans.includes(name)) return ["Bool"];
  const texts = [
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
  ];
  return arns.includes(name) ? [...texts, "ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"] : texts;
}

type ConditionBlock = Record<string, Record<string, string | string[]>>;

const oneCondition: fc.Arbitrary<ConditionBlock> = fc.constantFrom(...Object.keys(conditionValues)).chain((name) => {
  const values = conditionValues[name] as readonly string[];
  const nulls = fc.constantFrom("true", "false").map((value) => ({ Null: { [name]: value } }));
  const compared = fc.constantFrom(...operatorsOf(name)).chain((operator) => {
    const text = operator.includes("Like") ? widened : fc.constant<string>;
    const wanted = fc
      .subarray([...values], { minLength: 1, maxLength: Math.min(2, values.length) })
      .chain((chosen) =>
        fc.tuple(...chosen.map((value) => (operator.startsWith("Arn") ? widenedArn(value) : text(value)))),
      );
    return fc
      .record({
        set: multivalued.includes(name) ? fc.constantFrom(...sets.slice(1)) : fc.constant(""),
        ifExists: fc.constantFrom("", "", "IfExists"),
        wanted,
        alone: fc.boolean(),
        casing: fc.constantFrom(name, name, name.toUpperCase()),
      })
      .map(({ set, ifExists, wanted, alone, casing }) => ({
        [`${set}${operator}${set === "ForAnyValue:" ? "" : ifExists}`]: {
          [casing]: alone ? (wanted[0] as string) : wanted,
        },
      }));
  });
  return fc.oneof({ arbitrary: compared, weight: 4 }, { arbitrary: nulls, weight: 1 });
});

/** Conditions of one operator are joined: a later one on the same key replaces the earlier. */
export const condition = fc.array(oneCondition, { maxLength: 2 }).map((blocks) => {
  const joined: ConditionBlock = {};
  for (const block of blocks) {
    for (const [operator, tested] of Object.entries(block)) joined[operator] = { ...joined[operator], ...tested };
  }
  return joined;
});
