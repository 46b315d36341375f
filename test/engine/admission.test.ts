import { awsInCluster } from "../../components/aws/inCluster";
import type { MountedFile } from "../../components/backend";
import { workspaceRef } from "../../components/workspaceRef";
import { asked, type Custom } from "./support/admission";
import { eventually } from "./support/eventually";
import { Project } from "./support/project";

const account = "111122223333";
const secretArn = (name: string) => `arn:aws:secretsmanager:us-east-1:${account}:secret:${name}`;
const adopted = secretArn("legacy/stripe-AbCdEf");
const foreign = secretArn("legacy/payroll-AbCdEf");

const manifest = `organization: Acme
cloud:
  aws: { region: us-east-1, accountId: "${account}" }
workspaces:
  - name: admission
    namespace: admitted
    admissionPolicy: true
    roles: { admins: [{ arn: "arn:aws:iam::${account}:role/leads" }] }
    adopt:
      - { secretName: stripe, arn: "${adopted}", keyArn: "arn:aws:kms:us-east-1:${account}:key/legacy" }
`;

const externalSecret = (spec: object): Custom => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "agent-api-key" },
  spec: { secretStoreRef: { kind: "SecretStore", name: "agent" }, target: { name: "agent-api-key" }, ...spec },
});
const data = (more: object = {}) => ({ data: [{ secretKey: "value", remoteRef: { key: "api-key" }, ...more }] });
const fromAdopted = (key: string) => ({
  secretStoreRef: { kind: "SecretStore", name: "agent--adopted" },
  data: [{ secretKey: "value", remoteRef: { key } }],
});

const auth = { jwt: { serviceAccountRef: { name: "agent-reader" } } };
const inPlace = { service: "SecretsManager", region: "us-east-1", prefix: "vantedge/admission/", auth };
const store = (aws: object, name = "agent"): Custom => ({
  apiVersion: "external-secrets.io/v1",
  kind: "SecretStore",
  metadata: { name },
  spec: { provider: { aws } },
});

const pushSecret = (spec: object): Custom => ({
  apiVersion: "external-secrets.io/v1alpha1",
  kind: "PushSecret",
  metadata: { name: "agent-api-key" },
  spec: {
    secretStoreRefs: [{ kind: "SecretStore", name: "agent" }],
    selector: { secret: { name: "agent-api-key" } },
    ...spec,
  },
});

const providerClass = (objects: string, parameters: object = {}, provider = "aws"): Custom => ({
  apiVersion: "secrets-store.csi.x-k8s.io/v1",
  kind: "SecretProviderClass",
  metadata: { name: "agent" },
  spec: { provider, parameters: { region: "us-east-1", objects, ...parameters } },
});
const object = (objectName: string, more: object = {}) => ({ objectName, objectType: "secretsmanager", ...more });
const listed = (...objects: object[]) => providerClass(JSON.stringify(objects));
const own = "vantedge/admission/api-key";

/** As bindings of the workspace write them. */
const ref = workspaceRef({
  name: "admission",
  organization: "Acme",
  cloud: "aws",
  region: "us-east-1",
  accountId: account,
  cluster: { eksPodIdentity: { clusterName: "main" } },
  adopted: [{ secretName: "stripe", arn: adopted, keyArn: `arn:aws:kms:us-east-1:${account}:key/legacy` }],
});
const bindingsStore = (suffix: "" | "--adopted"): Custom => ({
  ...store({}, `agent${suffix}`),
  spec: { provider: awsInCluster.store(ref, suffix, "agent-reader") },
});
const bindingsClass = (...files: MountedFile[]): Custom => ({
  ...listed(),
  spec: awsInCluster.providerClass(ref, files),
});
const mounted = (secretName: string, field?: string, alias = secretName): MountedFile => ({
  secretName,
  field,
  alias,
  mode: "0400",
});

const accepted: [string, Custom][] = [
  ["a pinned ExternalSecret", externalSecret(data({ remoteRef: { key: "api-key", version: "uuid/1" } }))],
  ["an ExternalSecret without a kind of store", externalSecret({ secretStoreRef: { name: "agent" }, ...data() })],
  ["an ExternalSecret by extract", externalSecret({ dataFrom: [{ extract: { key: "api-key" } }] })],
  [
    "a generator that makes a value up",
    externalSecret({ dataFrom: [{ sourceRef: { generatorRef: { kind: "Password", name: "p" } } }] }),
  ],
  ["an adopted secret by its ARN", externalSecret(fromAdopted(adopted))],
  [
    "an adopted secret through a store of its own",
    externalSecret(data({ sourceRef: { storeRef: { name: "agent--adopted" } }, remoteRef: { key: adopted } })),
  ],
  ["our SecretStore", bindingsStore("")],
  ["our store of adopted secrets", bindingsStore("--adopted")],
  ["a PushSecret to a store of the namespace", pushSecret({})],
  ["our SecretProviderClass, with an adopted secret", bindingsClass(mounted("api-key"), mounted("stripe"))],
  ["ours with fields, which JMESPath takes in quotes", bindingsClass(mounted("db", "db-url", "db/url"))],
  [
    "ours with as many as a binding takes",
    bindingsClass(...Array.from({ length: 300 }, (_, index) => mounted(`${100 + index}`.padStart(63, "x")))),
  ],
  ["one by ARN", listed({ objectName: secretArn(`${own}-AbCdEf`), objectAlias: "api-key" })],
  [
    "fields, one of which JMESPath takes in quotes only",
    listed(
      object(own, {
        jmesPath: [
          { path: "user", objectAlias: "user", filePermission: "0440" },
          { path: '"db-url"', objectAlias: "db-url" },
        ],
        objectVersion: "terraform-2024",
        objectAlias: "all",
      }),
    ),
  ],
];

/** The beginning of each message, and what it says to do. */
const messages = {
  store:
    "takes from a SecretStore of its namespace only: set kind: SecretStore in secretStoreRef and in every sourceRef",
  generator: "takes no generator that fetches something with credentials: use one of Fake, Password, SSHKey, UUID",
  find: "names its secrets: replace find, which looks through the whole account whatever the store's prefix is, by extract or data",
  adopted:
    "gives the adopted secrets of workspace admission only: ask for one by its whole ARN, as it stands under adopt",
  provider: "is one of AWS Secrets Manager: set provider.aws with service: SecretsManager and nothing beside it",
  region: "is in its regions: set provider.aws.region to one of us-east-1",
  prefix:
    "has its prefix: set provider.aws.prefix to vantedge/admission/, or leave it out where the name ends in --adopted",
  identity:
    "reads as a ServiceAccount of its namespace: set provider.aws.auth.jwt.serviceAccountRef.name, and no role, additionalRoles or secretRef",
  push: "writes to SecretStores of its namespace by name, and not to adopted secrets: set kind: SecretStore and name in every store",
  classProvider: "is one of AWS: set provider: aws",
  parameters:
    "reads in its regions: set parameters.region to one of us-east-1, and besides only failoverRegion, pathTranslation, usePodIdentity and objects",
  objects:
    'lists its objects as JSON without spaces, else it can\'t be told what it reads: write [{"objectName":"vantedge/admission/NAME","objectType":"secretsmanager"}], with no keys besides objectAlias, objectVersion, objectVersionLabel, filePermission and jmesPath',
  names:
    "reads its secrets only: begin every objectName with vantedge/admission/, or give the whole ARN of an adopted secret",
};

const clusterStore = { kind: "ClusterSecretStore", name: "all" };

const refused: [keyof typeof messages, string, Custom][] = [
  ["store", "a store of the whole cluster", externalSecret({ secretStoreRef: clusterStore, ...data() })],
  ["store", "the same for one entry", externalSecret(data({ sourceRef: { storeRef: clusterStore } }))],
  [
    "store",
    "the same for one extract",
    externalSecret({ dataFrom: [{ sourceRef: { storeRef: clusterStore }, extract: { key: "api-key" } }] }),
  ],
  [
    "generator",
    "a generator with the cloud's credentials",
    externalSecret({ dataFrom: [{ sourceRef: { generatorRef: { kind: "STSSessionToken", name: "g" } } }] }),
  ],
  [
    "generator",
    "a generator of the whole cluster",
    externalSecret({ dataFrom: [{ sourceRef: { generatorRef: { kind: "ClusterGenerator", name: "g" } } }] }),
  ],
  ["find", "a search", externalSecret({ dataFrom: [{ find: { name: { regexp: ".*" } } }] })],
  ["adopted", "another secret through the adopted ones' store", externalSecret(fromAdopted(foreign))],
  ["adopted", "an adopted one without its six characters", externalSecret(fromAdopted(adopted.slice(0, -7)))],
  [
    "adopted",
    "another secret through an entry's store",
    externalSecret(data({ sourceRef: { storeRef: { name: "agent--adopted" } }, remoteRef: { key: foreign } })),
  ],
  [
    "adopted",
    "another secret by extract",
    externalSecret({ ...fromAdopted(adopted), dataFrom: [{ extract: { key: foreign } }] }),
  ],
  ["provider", "another provider", { ...store({}), spec: { provider: { fake: { data: [] } } } }],
  ["provider", "the Parameter Store", store({ ...inPlace, service: "ParameterStore" })],
  ["region", "another region", store({ ...inPlace, region: "eu-west-1" })],
  ["prefix", "no prefix", store({ ...inPlace, prefix: undefined })],
  ["prefix", "another workspace's prefix", store({ ...inPlace, prefix: "vantedge/admission-eu/" })],
  ["prefix", "a prefix without its slash", store({ ...inPlace, prefix: "vantedge/admission" })],
  ["prefix", "a prefix where the name ends in --adopted", store(inPlace, "agent--adopted")],
  ["identity", "a role", store({ ...inPlace, role: `arn:aws:iam::${account}:role/other` })],
  ["identity", "roles on the way", store({ ...inPlace, additionalRoles: [`arn:aws:iam::${account}:role/other`] })],
  [
    "identity",
    "keys of AWS",
    store({ ...inPlace, auth: { secretRef: { accessKeyIDSecretRef: { name: "k", key: "id" } } } }),
  ],
  ["identity", "the operator's own identity", store({ ...inPlace, auth: undefined })],
  [
    "identity",
    "another namespace's ServiceAccount",
    store({ ...inPlace, auth: { jwt: { serviceAccountRef: { name: "agent-reader", namespace: "other" } } } }),
  ],
  ["push", "a push to a store of the whole cluster", pushSecret({ secretStoreRefs: [clusterStore] })],
  ["push", "a push by label", pushSecret({ secretStoreRefs: [{ labelSelector: { matchLabels: { a: "b" } } }] })],
  ["push", "a push to adopted secrets", pushSecret({ secretStoreRefs: [{ name: "agent--adopted" }] })],
  [
    "generator",
    "a push of what a generator fetches",
    pushSecret({ selector: { generatorRef: { kind: "ECRAuthorizationToken", name: "g" } } }),
  ],
  ["classProvider", "another provider of volumes", providerClass(JSON.stringify([object(own)]), {}, "vault")],
  ["parameters", "another region of volumes", providerClass(JSON.stringify([object(own)]), { region: "eu-west-1" })],
  [
    "parameters",
    "a region to fail over to",
    providerClass(JSON.stringify([object(own)]), { failoverRegion: "eu-west-1" }),
  ],
  ["parameters", "a parameter that nobody knows", providerClass(JSON.stringify([object(own)]), { roleArn: "x" })],
  ["objects", "YAML", providerClass(`- objectName: "${own}"\n  objectType: "secretsmanager"\n`)],
  ["objects", "spaces", providerClass(JSON.stringify([object(own)], null, 1))],
  ["objects", "an escaped letter", providerClass(`[{"objectName":"${own}","objectAlias":"\\u0061"}]`)],
  ["objects", "another key's case", providerClass(`[{"objectName":"${own}","ObjectName":"${foreign}"}]`)],
  [
    "objects",
    "a second document",
    providerClass(`${JSON.stringify([object(own)])}\n---\n${JSON.stringify([object(foreign)])}`),
  ],
  ["objects", "the Parameter Store in volumes", listed({ objectName: own, objectType: "ssmparameter" })],
  ["objects", "an object to fail over to", listed(object(own, { failoverObject: { objectName: foreign } }))],
  ["names", "a name in a list of fields", listed(object(own, { jmesPath: [{ objectName: foreign }] }))],
  ["objects", "a text that goes on", providerClass(`${JSON.stringify([object(own)])},`)],
  ["objects", "a text that breaks off", providerClass(JSON.stringify([object(own)]).slice(0, -2))],
  ["objects", "a name without quotes", providerClass(`[{"objectAlias":"a",objectName:${foreign}}]`)],
  ["objects", "a value as a key", providerClass(`[{"objectAlias":"objectName":"${foreign}"}]`)],
  ["objects", "a merge of another entry", providerClass(`[&a {"objectName":"${own}"},{<<: *a}]`)],
  ["objects", "no objects", providerClass("[]")],
  ["names", "another workspace's secret", listed(object("vantedge/admission-eu/api-key"))],
  ["names", "the second of two", listed(object(own), object("vantedge/other/api-key"))],
  ["names", "a name given twice", providerClass(`[{"objectName":"${own}","objectName":"${foreign}"}]`)],
  ["names", "an ARN that wasn't adopted", listed({ objectName: foreign })],
  ["names", "an ARN of another region", listed({ objectName: secretArn(own).replace("us-east-1", "eu-west-1") })],
  ["names", "an ARN of another account", listed({ objectName: secretArn(own).replace(account, "999900001111") })],
  ["names", "the prefix later in the name", listed(object(`other/${own}`))],
];

let project: Project;
beforeAll(async () => {
  project = await Project.ofManifest("admission", manifest);
});
afterAll(() => project.end());

test("up makes the policy, and up again changes nothing", async () => {
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
  // The API server takes a policy up a moment after it was written.
  const [, , first] = refused[0] as (typeof refused)[number];
  await eventually(
    () => asked(first, "admitted"),
    ([status]) => expect(status).toBe(422),
  );
});

test.each(accepted)("it takes %s", async (_, object) => {
  await expect(asked(object, "admitted")).resolves.toEqual([201, ""]);
});

test.each(refused)("it refuses (%s) %s", async (message, _, object) => {
  const [status, said] = await asked(object, "admitted");
  expect(said).toContain(
    "ValidatingAdmissionPolicy 'vantedge-admitted' with binding 'vantedge-admitted' denied request: ",
  );
  expect(said.endsWith(messages[message])).toBe(true);
  expect(status).toBe(422);
});

test("it is for the workspace's namespace alone", async () => {
  for (const [, , object] of refused) await expect(asked(object, "default")).resolves.toEqual([201, ""]);
});
