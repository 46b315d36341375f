import { root } from "./project";

/** What the program of the rollouts is given. A fourth secret, token, has a value from elsewhere. */
export interface RolloutSettings {
  url: object;
  key: string;
  salt: string;
  /** The image of every workload. */
  image?: string;
  description?: string;
  tags?: Record<string, string>;
}

/** A workload of each kind, with the binding of its name. The cluster has Reloader. */
export const rolloutProgram = (settings: RolloutSettings) => `
const pulumi = require("@pulumi/pulumi");
const apps = require("@pulumi/kubernetes/apps/v1");
const batch = require("@pulumi/kubernetes/batch/v1");
const { DeploymentBinding, Secret, Workspace } = require(${JSON.stringify(root)});

const { url, key, salt, image = "a:1", description, tags } = ${JSON.stringify(settings)};
const { ref } = new Workspace("rollouts", {
  organization: "Acme",
  aws: { region: "us-east-1", accountId: "111122223333" },
  kubernetes: {
    namespace: "rollouts",
    cluster: {
      eksIrsa: {
        oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/kubernetes.default.svc.cluster.local",
      },
    },
  },
  roles: { owners: [{ arn: "arn:aws:iam::111122223333:role/founders" }] },
});
const secret = (name, args) =>
  new Secret(name, { workspace: ref, description, tags, recoveryWindowInDays: 0, ...args });
const secrets = {
  url: secret("url", url),
  key: secret("key", { value: key }),
  salt: secret("salt", { value: salt }),
  token: secret("token", {}),
};

const kinds = {
  Deployment: [apps.Deployment, (template, labels) => ({ selector: { matchLabels: labels }, template })],
  StatefulSet: [apps.StatefulSet, (template, labels) => ({ serviceName: "a", selector: { matchLabels: labels }, template })],
  DaemonSet: [apps.DaemonSet, (template, labels) => ({ selector: { matchLabels: labels }, template })],
  Job: [batch.Job, (template) => ({ template })],
  CronJob: [batch.CronJob, (template) => ({ schedule: "0 0 1 1 *", suspend: false, jobTemplate: { spec: { template } } })],
};
function workload(name, workload, bound, args = {}) {
  const env = Object.fromEntries(bound.map((secret) => [secret.toUpperCase(), { secret }]));
  const dependsOn = bound.map((secret) => secrets[secret]);
  const fast = args.delivery === "native" || args.freshness === "pinned" ? {} : { refreshSeconds: 2 };
  const binding = new DeploymentBinding(name, { workspace: ref, workload, env, ...fast, ...args }, { dependsOn });
  const [Kind, specOf] = kinds[workload];
  const labels = { app: name };
  const restartPolicy = /Job/.test(workload) ? "Never" : "Always";
  const containers = [{ name: "main", image: /Job/.test(workload) ? "a:1" : image }];
  const template = { metadata: { labels }, spec: { restartPolicy, containers } };
  const metadata = { name, namespace: ref.namespace, annotations: { "pulumi.com/skipAwait": "true" } };
  new Kind(name, binding.inject({ metadata, spec: specOf(template, labels) }));
}

for (const kind of ["Deployment", "StatefulSet", "DaemonSet"]) workload("reloaded-" + kind.toLowerCase(), kind, ["url"]);
workload("two", "Deployment", ["url", "key"]);
workload("outside", "Deployment", ["token"]);
workload("waiting", "Deployment", ["url", "token"], { restartedBy: "pulumi" });
workload("pinned", "Deployment", ["url"], { freshness: "pinned" });
workload("files", "Deployment", ["token"], { env: {}, files: { "/etc/secrets": { secrets: ["token"] } } });
workload("job", "Job", ["url", "token"]);
workload("cronjob", "CronJob", ["url", "token"]);

const known = (value, { versionId }) => ({ value: pulumi.secret(value), versionId });
const native = {
  // Nothing reads natively, so it needs no identity.
  workspace: { ...ref, cluster: undefined },
  delivery: "native",
  values: { key: known(key, secrets.key), salt: known(salt, secrets.salt) },
};
for (const kind of ["Deployment", "Job", "CronJob"]) {
  workload("native-" + kind.toLowerCase(), kind, ["key", "salt"], native);
}
`;
