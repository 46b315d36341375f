import { foreignRead } from "../../../../policies/vantedge/bindings/foreignRead";
import { raw, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { workspace } from "../components";

const object = (kind: string, version: string, spec: object, metadata: object = {}) =>
  raw(`kubernetes:${version}:${kind}`, "reads", {
    apiVersion: version,
    kind,
    metadata: { name: "reads", namespace: "production", ...metadata },
    spec,
  });
const external = (spec: object, metadata = {}) => object("ExternalSecret", "external-secrets.io/v1", spec, metadata);
const key = (remote: string, metadata = {}) =>
  external({ data: [{ secretKey: "value", remoteRef: { key: remote } }] }, metadata);
const labels = { labels: { "vantedge.run/workspace": "production" } };
const store = (provider: object) => object("SecretStore", "external-secrets.io/v1", { provider });
const providerClass = (parameters: object) =>
  object("SecretProviderClass", "secrets-store.csi.x-k8s.io/v1", { provider: "aws", parameters });
const production = workspace("production", { projectId: "orders-production" });
const both = [production, workspace("development", { projectId: "orders-development" })];
const remote = "spec.data[0].remoteRef.key reaches another workspace";

testRule(foreignRead, {
  passes: {
    "its own": [production, key("vantedge/production/token")],
    "its own, on Google Cloud": [production, key("vantedge--production--token")],
    "its own, by the label": key("vantedge/production/token", labels),
    "its own, by a role": [
      production,
      store({
        aws: { role: "arn:aws:iam::111122223333:role/vantedge/production/workload/vantedge-production--agent" },
      }),
    ],
    "its own project": [...both, store({ gcpsm: { projectID: "orders-production" } })],
    "secrets of nobody": [production, key("shared/token")],
    "a namespace of nobody": [production, key("vantedge/development/token", { namespace: "others" })],
    "not known yet": [production, key(unknownYet)],
  },
  breaks: {
    "another's": [
      [production, key("vantedge/development/token")],
      ["reads", remote],
    ],
    "another's, on Google Cloud": [
      [production, key("vantedge--development--token")],
      ["reads", remote],
    ],
    "another's, by its ARN": [
      [production, key("arn:aws:secretsmanager:eu-west-1:111122223333:secret:vantedge/development/token-AbCdEf")],
      ["reads", remote],
    ],
    "another's, by the label": [key("vantedge/development/token", labels), remote],
    "one whose name begins alike": [
      [production, key("vantedge/production-eu/token")],
      ["reads", remote],
    ],
    "of a prefix in the stack": [
      [workspace("production", { prefix: "acme" }), key("acme/development/token")],
      ["reads", remote],
    ],
    "all of another": [
      [production, external({ dataFrom: [{ extract: { key: "vantedge/development/token" } }] })],
      ["reads", "spec.dataFrom[0].extract.key reaches another workspace"],
    ],
    "a search through all": [
      [
        production,
        external({ dataFrom: [{ find: { path: "vantedge/" } }, { find: { name: { regexp: "vantedge/.*" } } }] }),
      ],
      ["reads", "spec.dataFrom[0].find.path reaches another workspace"],
      ["reads", "spec.dataFrom[1].find.name.regexp reaches another workspace"],
    ],
    "another's role": [
      [
        production,
        store({
          aws: { role: "arn:aws:iam::111122223333:role/vantedge/development/workload/vantedge-development--agent" },
        }),
      ],
      ["reads", "spec.provider.aws.role reaches another workspace"],
    ],
    "another's project": [
      [...both, store({ gcpsm: { projectID: "orders-development" } })],
      ["reads", "spec.provider.gcpsm.projectID reaches another workspace"],
    ],
    "by the CSI driver": [
      [
        production,
        providerClass({
          objects: "- objectName: vantedge/production/token\n- objectName: vantedge/development/token\n",
        }),
      ],
      ["reads", "spec.parameters.objects reaches another workspace"],
    ],
  },
});
