import { secretReason, shownKey } from "../../literals/place";
import { resourceRule, Severity } from "../../rule";
import { environments, type Variable } from "./environments";

export const plaintextEnvironment = resourceRule({
  name: "aws-compute-plaintext-environment",
  requires: "No secret stands in a workload's environment or start script, where whoever may describe it reads it",
  severity: Severity.High,
  ids: [
    "CKV_AWS_45",
    "CKV_AWS_46",
    "AWS-0036",
    "AWS-0029",
    "Prowler awslambda_function_no_secrets_in_variables",
    "Prowler ecs_task_definitions_no_environment_secrets",
    "Config ecs-no-environment-secrets",
    "Security Hub ECS.8",
  ],
  mend: "name a secret and let the workload read it: secrets in a task definition, a secret's id in a function's environment",
  types: Object.keys(environments) as [string, ...string[]],
  problems: async ({ type, inputs }) => {
    const variables = environments[type]?.(inputs) ?? [];
    const found = await Promise.all(variables.map(problemOf));
    return [...new Set(found.flat())];
  },
});

async function problemOf({ path, name, value }: Variable): Promise<string[]> {
  const reason = await secretReason(name, value);
  if (reason === undefined) return [];
  return [path.endsWith("ariables") ? `${path}.${await shownKey(name)} ${reason}` : `${path} ${reason}`];
}
