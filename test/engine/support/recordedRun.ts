import type { LoggedRequest } from "../../../local/cloud/requestLog";
import { type Check, isAllowed, type Principal } from "../../support/decide";
import { accountId } from "../../support/fixtures";
import { aws } from "./aws";
import { checksOf } from "./iamChecks";
import { RecordedCloud } from "./recordedCloud";
import { named } from "./restCalls";

/** A question that a call raised. */
export interface Asked extends Check {
  /** The call, for example `secretsmanager:GetSecretValue`. */
  call: string;
  /** The policy of the key or secret that is asked for. */
  resourcePolicy: string | undefined;
  /** Why the program goes on where it is denied. */
  toleratedBecause: string | undefined;
}

/** The calls of one program after the other, each turned into what IAM is asked, with everything as it then stood. */
export class RecordedRun {
  private readonly cloud = new RecordedCloud();
  private readonly policies = new Map<string, string>();

  /** Follows the requests of one step, and returns what IAM was asked. To be called right after the step. */
  async follow(requests: readonly LoggedRequest[]): Promise<Asked[]> {
    const asked = requests.map(named).flatMap((request) => {
      const toleratedBecause = tolerated(request, this.cloud);
      const checks = checksOf(request, this.cloud);
      this.cloud.follow(request);
      return checks.map((check) => ({ ...check, call: `${request.service}:${request.action}`, toleratedBecause }));
    });
    await this.readKeyPolicies();
    await this.readSecretPolicies();
    return asked.map((one) => ({ ...one, resourcePolicy: this.policies.get(one.resource) }));
  }

  /** A secret that is gone keeps its last one: whoever was to delete it met it. */
  private async readSecretPolicies(): Promise<void> {
    for (const { arn } of this.cloud.lockedSecrets()) {
      const { ResourcePolicy } = await aws("secretsmanager", "GetResourcePolicy", { SecretId: arn }, arn.split(":")[3]);
      this.policies.set(arn, ResourcePolicy as string);
    }
  }

  private async readKeyPolicies(): Promise<void> {
    for (const { arn } of this.cloud.allKeys()) {
      const { Policy } = await aws("kms", "GetKeyPolicy", { KeyId: arn, PolicyName: "default" }, arn.split(":")[3]);
      this.policies.set(arn, Policy as string);
    }
  }
}

/** The calls that the program makes to know more, and whose denial it takes for "not there" or "can't be told". */
function tolerated({ service, action, parameters = {}, region = "" }: LoggedRequest, cloud: RecordedCloud) {
  switch (`${service}:${action}`) {
    case "iam:SimulatePrincipalPolicy":
      return "components/aws/permissions.ts warns of nothing then";
    case "lambda:ListFunctions":
      return "components/aws/missingFunction.ts lets AWS tell";
    case "iam:GetRole":
      return cloud.arnOf(parameters.RoleName as string) ? undefined : "components/aws/takenWorkspace.ts lets AWS tell";
    case "secretsmanager:ListSecretVersionIds":
    case "secretsmanager:DescribeSecret": {
      const id = parameters.SecretId as string;
      return id.startsWith("arn:") || cloud.secret(id, region)
        ? undefined
        : "components/aws/takenName.ts lets AWS tell";
    }
    default:
      return undefined;
  }
}

/** Each question once. */
export function distinct(asked: readonly Asked[]): Asked[] {
  return [...new Map(asked.map((one) => [JSON.stringify(one), one])).values()];
}

/** The questions by their answers, each as `action`, or `action for call` where the call asks for more than itself. */
export async function decided(
  asked: readonly Asked[],
  principal: Principal,
): Promise<Record<"allowed" | "denied", string[]>> {
  const answers = { allowed: new Set<string>(), denied: new Set<string>() };
  for (const one of asked) {
    const answer = (await isAllowed(principal, one, one.resourcePolicy)) ? answers.allowed : answers.denied;
    answer.add(one.action === one.call ? one.action : `${one.action} for ${one.call}`);
  }
  return { allowed: [...answers.allowed].sort(), denied: [...answers.denied].sort() };
}

export function principalOf(name: string, ...policies: string[]): Principal {
  return { arn: `arn:aws:iam::${accountId}:role/${name}`, policies };
}
