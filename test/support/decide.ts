import { runSimulation } from "@cloud-copilot/iam-simulate";
import { accountId } from "./fixtures";

/** One question to IAM. */
export interface Check {
  action: string;
  resource: string;
  context: Record<string, string | string[]>;
}

/** Whoever asks, with all that decides. */
export interface Principal {
  arn: string;
  /** Identity policies as the text that AWS gets. */
  policies: string[];
}

/**
 * The evaluator ignores condition keys with a second colon: `kms:EncryptionContext:SecretARN`. In policies and requests
 * alike they take a name that it knows (facts/iam.md 7).
 */
const unknownPrefix = "kms:EncryptionContext:";
const knownPrefix = "aws:PrincipalTag/ec-";

/** Whether IAM allows what is asked. A policy or a key that the evaluator doesn't understand is an error, no answer. */
export async function isAllowed(principal: Principal, check: Check, resourcePolicy?: string): Promise<boolean> {
  const context = { ...check.context, "aws:PrincipalArn": principal.arn };
  const answer = await runSimulation(
    {
      request: {
        principal: principal.arn,
        action: check.action,
        resource: { resource: check.resource, accountId },
        contextVariables: understood(context),
      },
      identityPolicies: principal.policies.map((policy, index) => ({
        name: `${index}`,
        policy: understood(JSON.parse(policy)),
      })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: understood(JSON.parse(resourcePolicy)) }),
    },
    {},
  );
  if (answer.resultType === "error") throw new Error(`${check.action}: ${JSON.stringify(answer.errors)}`);
  const results = answer.resultType === "single" ? [answer.result] : answer.results;
  const ignored = results.flatMap(({ ignoredContextKeys }) => ignoredContextKeys ?? []);
  if (ignored.length > 0) throw new Error(`${check.action}: the evaluator ignored ${ignored.join(", ")}`);
  // "*" as resource is allowed only where no policy narrows it.
  return answer.overallResult === "Allowed";
}

function understood<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(unknownPrefix, knownPrefix)) as T;
}
