import type { InClusterReads, MountedFile } from "../backend";
import type { WorkspaceRef } from "../workspaceRef";
import { admission } from "./admission";
import { adoptedAs } from "./adopted";
import { cloudName } from "./secretName";

/** How operators in a cluster read secrets of AWS. Adopted ones have other names, and so a store without the prefix. */
export const awsInCluster: InClusterReads = {
  admission,
  /** https://external-secrets.io/latest/provider/aws-secrets-manager/ */
  store: (workspace, suffix, serviceAccount) => ({
    aws: {
      service: "SecretsManager",
      region: workspace.region as string,
      // Put before every key that is asked for, so that nothing of another workspace can be.
      ...(suffix === "" ? { prefix: `${workspace.prefix}/${workspace.name}/` } : {}),
      auth: { jwt: { serviceAccountRef: { name: serviceAccount } } },
    },
  }),
  remote: (workspace, secretName) => {
    const arn = adoptedAs(workspace, secretName)?.arn;
    return arn === undefined ? { store: "", key: secretName } : { store: "--adopted", key: arn };
  },
  remoteVersion: (versionId) => `uuid/${versionId}`,
  // The operator keeps what it has read for the time of one sync: providers/v1/aws/secretsmanager in external-secrets.
  readsEachField: false,
  /** https://secrets-store-csi-driver.sigs.k8s.io/getting-started/usage */
  csiDriver: () => "secrets-store.csi.k8s.io",
  /**
   * The provider mounts a/b as a_b. With pathTranslation: "False" it writes no such file, and the pod doesn't start, unless
   * it was installed with driverWritesSecrets=true, which nobody sees from here: writeFile in its server/server.go.
   */
  csiMountsFolders: false,
  /** The chart brings the driver: https://github.com/aws/secrets-store-csi-driver-provider-aws#installing-the-aws-provider-and-config-provider-ascp */
  installCsi: () =>
    [
      "helm install secrets-provider-aws secrets-store-csi-driver-provider-aws --repo https://aws.github.io/secrets-store-csi-driver-provider-aws -n kube-system",
      "--set secrets-store-csi-driver.syncSecret.enabled=true --set secrets-store-csi-driver.enableSecretRotation=true",
    ].join(" "),
  /** https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options */
  providerClass: (workspace, files) => ({
    provider: "aws",
    parameters: {
      region: workspace.region as string,
      ...(workspace.cluster?.eksPodIdentity === undefined ? {} : { usePodIdentity: "true" }),
      // JSON is YAML, and has one way to write a text.
      objects: JSON.stringify(objectsOf(files).map((object) => mounted(workspace, object))),
    },
  }),
};

/** The whole of a secret under `alias`, and fields of it beside that. */
interface MountedObject {
  secretName: string;
  alias: string;
  mode: string;
  fields: { field: string; alias: string; mode: string }[];
}

/** A whole value under each of its names; fields beside the whole, which the provider mounts with them. */
function objectsOf(files: readonly MountedFile[]): MountedObject[] {
  const whole = files.filter(({ field }) => field === undefined);
  const secrets = new Set(files.flatMap(({ field, secretName }) => (field === undefined ? [] : [secretName])));
  return [
    ...whole.map(({ secretName, alias, mode }) => ({ secretName, alias, mode, fields: [] })),
    ...[...secrets].map((secretName) => ({
      secretName,
      // The provider mounts it whatever the fields are: hidden, and readable to nobody but root.
      alias: `.--${secretName}`,
      mode: "0400",
      fields: files.flatMap(({ field, alias, mode, ...file }) =>
        file.secretName === secretName && field !== undefined ? [{ field, alias, mode }] : [],
      ),
    })),
  ];
}

function mounted(workspace: WorkspaceRef, { secretName, alias, mode, fields }: MountedObject) {
  const arn = adoptedAs(workspace, secretName)?.arn;
  return {
    ...(arn === undefined
      ? { objectName: cloudName(workspace, secretName), objectType: "secretsmanager" }
      : { objectName: arn }),
    objectAlias: alias,
    filePermission: mode,
    ...(fields.length === 0
      ? {}
      : {
          // In quotes, which JMESPath needs where a name has a hyphen or a dot: https://jmespath.org/specification.html
          jmesPath: fields.map((field) => ({
            path: JSON.stringify(field.field),
            objectAlias: field.alias,
            filePermission: field.mode,
          })),
        }),
  };
}
