type Inputs = Record<string, unknown>;

/** What Google would add to a resource: https://www.pulumi.com/registry/packages/gcp/api-docs/ */
const outputs: Record<string, (inputs: Inputs) => Inputs> = {
  // By the project's number: https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets#Secret
  "gcp:secretmanager/secret:Secret": ({ secretId }) => ({ name: `projects/123456789012/secrets/${secretId}` }),
  "gcp:secretmanager/regionalSecret:RegionalSecret": ({ location, secretId }) => ({
    name: `projects/123456789012/locations/${location}/secrets/${secretId}`,
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
  return { version: "1", name: `${secret}/versions/1`, createTime: "2026-11-25T15:01:23Z", enabled: true };
}

export function googleOutputs(type: string, inputs: Inputs): Inputs {
  return outputs[type]?.(inputs) ?? {};
}

/** The ids that Google's provider gives, where programs use them: paths by the project's id. */
const ids: Record<string, (inputs: Inputs) => string> = {
  "gcp:pubsub/topic:Topic": ({ project, name }) => `projects/${project}/topics/${name}`,
  "gcp:secretmanager/secret:Secret": ({ project, secretId }) => `projects/${project}/secrets/${secretId}`,
  "gcp:secretmanager/regionalSecret:RegionalSecret": ({ project, location, secretId }) =>
    `projects/${project}/locations/${location}/secrets/${secretId}`,
};

export function googleId(type: string, inputs: Inputs): string | undefined {
  return ids[type]?.(inputs);
}
