import { externalSecretPrefix } from "../../../../policies/kubernetes/secrets/externalSecretPrefix";
import { raw, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const reading = (spec: object, version = "v1") =>
  raw(`kubernetes:external-secrets.io/${version}:ExternalSecret`, "token", {
    apiVersion: `external-secrets.io/${version}`,
    kind: "ExternalSecret",
    metadata: { name: "token", namespace: "team-a" },
    spec: { secretStoreRef: { kind: "SecretStore", name: "store" }, ...spec },
  });
const key = (remote: string) => reading({ data: [{ secretKey: "value", remoteRef: { key: remote } }] });

testRule(externalSecretPrefix, {
  passes: {
    "a folder": key("team-a/token"),
    "below an organization": key("vantedge/team-a/token"),
    "with hyphens": key("team-a-token"),
    "with our hyphens": key("vantedge--team-a--token"),
    "by its ARN": key("arn:aws:secretsmanager:eu-west-1:111122223333:secret:team-a/token-AbCdEf"),
    "in a project": key("projects/main/secrets/team-a-token"),
    "not known yet": key(unknownYet),
  },
  breaks: {
    "no prefix": [key("token"), "spec.data[0].remoteRef.key does not have the namespace in front"],
    "another tenant": [key("team-b/token"), "spec.data[0].remoteRef.key does not have the namespace in front"],
    "one whose name begins alike": [
      key("team-ab/token"),
      "spec.data[0].remoteRef.key does not have the namespace in front",
    ],
    "all fields, of an old version": [
      reading({ dataFrom: [{ extract: { key: "team-a/token" } }, { extract: { key: "token" } }] }, "v1beta1"),
      "spec.dataFrom[1].extract.key does not have the namespace in front",
    ],
    "a search": [
      reading({ dataFrom: [{ find: { path: "everything" } }] }),
      "spec.dataFrom[0].find.path does not have the namespace in front",
    ],
  },
});
