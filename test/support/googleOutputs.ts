type Inputs = Record<string, unknown>;

/** What Google would add to a resource: https://www.pulumi.com/registry/packages/gcp/api-docs/ */
const outputs: Record<string, (inputs: Inputs) => Inputs> = {
  "gcp:secretmanager/secret:Secret": ({ project, secretId }) => ({ name: `projects/${project}/secrets/${secretId}` }),
  "gcp:secretmanager/regionalSecret:RegionalSecret": ({ project, location, secretId }) => ({
    name: `projects/${project}/locations/${location}/secrets/${secretId}`,
  }),
  "gcp:secretmanager/secretVersion:SecretVersion": ({ secret }) => firstVersion(secret),
  "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion": ({ secret }) => firstVersion(secret),
  "gcp:projects/serviceIdentity:ServiceIdentity": ({ service }) => {
    const email = `service-123456789012@gcp-sa-${String(service).split(".")[0]}.iam.gserviceaccount.com`;
    return { email, member: `serviceAccount:${email}` };
  },
  "gcp:projects/iAMCustomRole:IAMCustomRole": ({ project, roleId }) => ({
    name: `projects/${project}/roles/${roleId}`,
  }),
  "gcp:organizations/iAMCustomRole:IAMCustomRole": ({ orgId, roleId }) => ({
    name: `organizations/${orgId}/roles/${roleId}`,
  }),
};

function firstVersion(secret: unknown): Inputs {
  return { version: "1", name: `${secret}/versions/1`, createTime: "2026-11-25T15:01:23Z" };
}

export function googleOutputs(type: string, inputs: Inputs): Inputs {
  return outputs[type]?.(inputs) ?? {};
}

/** Ids that programs use, where they are no more than a path: https://www.pulumi.com/registry/packages/gcp/api-docs/pubsub/topic/ */
export function googleId(type: string, { project, name }: Inputs): string | undefined {
  return type === "gcp:pubsub/topic:Topic" ? `projects/${project}/topics/${name}` : undefined;
}
