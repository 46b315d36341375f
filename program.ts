import * as pulumi from "@pulumi/pulumi";
import { InputError } from "./components/errors";
import { provisionManifest } from "./components/manifest/provision";

/** The root program: `pulumi config set manifest FILE && pulumi up` provisions what the manifest declares. */
async function program(): Promise<Record<string, unknown>> {
  const file = new pulumi.Config().get("manifest");
  if (file === undefined) throw new InputError(["no manifest: run pulumi config set manifest FILE"]);

  const { auditTrails, workspaces, secrets, bindings, usedBy } = await provisionManifest(file);
  return {
    auditTrails: mapValues(auditTrails, ({ trailArn, bucketName, keyArn, alertTargetArns }) => ({
      trailArn,
      bucketName,
      keyArn,
      alertTargetArns,
    })),
    workspaces: mapValues(workspaces, (workspace) => ({
      keyArn: workspace.keyArn,
      roleArns: workspace.roleArns,
      effectivePermissions: workspace.effectivePermissions,
      rotatorRoleArn: workspace.rotatorRoleArn,
      createCommand: workspace.createCommand,
      updateCommand: workspace.updateCommand,
      namespace: workspace.namespace,
      audited: workspace.audited,
      deployerPolicy: workspace.deployerPolicy,
      breakGlassPolicy: workspace.breakGlassPolicy,
      reducedGuarantees: workspace.reducedGuarantees,
    })),
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([key, { secretId, versionId }]) => [
        key,
        { secretId, versionId, usedBy: usedBy[key] },
      ]),
    ),
    bindings: mapValues(bindings, (binding) => ({
      namespace: binding.namespace,
      env: binding.env,
      envFrom: binding.envFrom,
      volumes: binding.volumes,
      volumeMounts: binding.volumeMounts,
      imagePullSecrets: binding.imagePullSecrets,
      tlsSecretNames: binding.tlsSecretNames,
      podAnnotations: binding.podAnnotations,
      workloadAnnotations: binding.workloadAnnotations,
      serviceAccountName: binding.serviceAccountName,
      readerRoleArn: binding.readerRoleArn,
      readerServiceAccount: binding.readerServiceAccount,
      ecsSecrets: binding.ecsSecrets,
      lambdaEnvironment: binding.lambdaEnvironment,
      cloudRunEnv: binding.cloudRunEnv,
      uses: binding.uses,
      worstCaseStalenessSeconds: binding.worstCaseStalenessSeconds,
      estimatedApiCallsPerMonth: binding.estimatedApiCallsPerMonth,
      estimatedMonthlyPrice: binding.estimatedMonthlyPrice,
    })),
  };
}

function mapValues<From, To>(values: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}

/** Exported as the module itself: an entry that only exports by name creates nothing. */
export = program;
