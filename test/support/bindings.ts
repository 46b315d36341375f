import { DeploymentBinding, type DeploymentBindingArgs, type WorkspaceRef } from "../../index";
import { accountId, labels, ref } from "./fixtures";
import { attempt, type Calls, run, type Setting } from "./mocks";

export const oidcProviderArn = `arn:aws:iam::${accountId}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE`;

/** The workspace with a cluster whose pods prove who they are by IRSA. */
export const irsa: WorkspaceRef = { ...ref, namespace: "apps", cluster: { eksIrsa: { oidcProviderArn } } };
export const podIdentity: WorkspaceRef = { ...irsa, cluster: { eksPodIdentity: { clusterName: "main" } } };

export const bindingLabels = { ...labels, "vantedge.run/binding": "agent" };

export type More = Omit<Partial<DeploymentBindingArgs>, "workspace"> & { workspace?: WorkspaceRef };

/** A binding of one variable, with all of its outputs. */
export const bound = (more: More = {}, setting: Setting = { calls: answers }) =>
  run(
    () => outputs(new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } }, ...more })),
    setting,
  );

/** What the cloud says of every secret. */
export const answers: Calls = {
  "aws:secretsmanager/getSecretVersions:getSecretVersions": () => ({
    versions: [{ versionId: "v-7", versionStages: ["AWSCURRENT"] }],
  }),
  "aws:secretsmanager/getSecret:getSecret": ({ name }) => ({
    arn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:${name}-AbCdEf`,
  }),
};

/** What is wrong with a binding, without its name. Nothing is registered then. */
export async function faults(more: More): Promise<string[]> {
  const program = () => {
    new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } }, ...more });
  };
  const { errors, resources } = await attempt(program, { calls: answers });
  if (errors.length > 0) expect(resources).toEqual([]);
  return errors.map((line) => line.replace('DeploymentBinding "agent": ', ""));
}

export function outputs(binding: DeploymentBinding) {
  const { env, envFrom, volumes, volumeMounts, imagePullSecrets, tlsSecretNames, uses } = binding;
  const { podAnnotations, workloadAnnotations, serviceAccountName, initContainers } = binding;
  const { worstCaseStalenessSeconds, estimatedApiCallsPerMonth, estimatedMonthlyPrice } = binding;
  const { readerRoleArn, readerServiceAccount, ecsSecrets, lambdaEnvironment, cloudRunEnv } = binding;
  return {
    ...{ env, envFrom, volumes, volumeMounts, imagePullSecrets, tlsSecretNames, uses },
    ...{ podAnnotations, workloadAnnotations, serviceAccountName, initContainers },
    ...{ worstCaseStalenessSeconds, estimatedApiCallsPerMonth, estimatedMonthlyPrice },
    ...{ readerRoleArn, readerServiceAccount, ecsSecrets, lambdaEnvironment, cloudRunEnv },
  };
}
