import { bringsValue, namingParameters } from "../../../local/cloud/namingParameters";

const canary = "cAnaRy";

test("of a JSON request, what names something is told", () => {
  const body = {
    Name: "vantedge/production/api-key",
    KmsKeyId: "alias/vantedge-production",
    AddReplicaRegions: [{ Region: "eu-west-1", KmsKeyId: "alias/vantedge-production", Other: canary }],
    ForceOverwriteReplicaSecret: false,
    RecoveryWindowInDays: 30,
    Tags: [
      { Key: "vantedge-workspace", Value: "production" },
      { Key: "team", Value: canary },
    ],
    Description: canary,
    SecretString: canary,
    ClientRequestToken: canary,
  };
  expect(namingParameters(JSON.stringify(body), "json")).toEqual({
    Name: "vantedge/production/api-key",
    KmsKeyId: "alias/vantedge-production",
    AddReplicaRegions: [{ Region: "eu-west-1", KmsKeyId: "alias/vantedge-production" }],
    ForceOverwriteReplicaSecret: "false",
    RecoveryWindowInDays: "30",
    Tags: { "vantedge-workspace": "production", team: null },
  });
});

test("of a form, lists are read as AWS numbers them", () => {
  const form =
    "Action=CreateRole&RoleName=vantedge-production-member&Path=%2Fvantedge%2Fproduction%2F" +
    `&AssumeRolePolicyDocument=${canary}&Description=${canary}` +
    `&Tags.member.1.Key=team&Tags.member.1.Value=${canary}` +
    "&Tags.member.2.Key=vantedge-workspace&Tags.member.2.Value=production&TagKeys.member.1=a&TagKeys.member.2=b";
  expect(namingParameters(form, "form")).toEqual({
    RoleName: "vantedge-production-member",
    Path: "/vantedge/production/",
    Tags: { team: null, "vantedge-workspace": "production" },
    TagKeys: ["a", "b"],
  });
});

test.each<[string, unknown, object]>([
  ["of KMS", [{ TagKey: "vantedge-workspace", TagValue: "production" }], { "vantedge-workspace": "production" }],
  [
    "as a map",
    { team: canary, "vantedge-workspace": "production" },
    { team: null, "vantedge-workspace": "production" },
  ],
  ["that are none", canary, {}],
])("tags %s", (_, Tags, expected) => {
  expect(namingParameters(JSON.stringify({ Tags }), "json")).toEqual({ Tags: expected });
});

/** Every parameter of the APIs in use that holds a value, a document, a token or free text. */
const others =
  "SecretString SecretBinary ClientRequestToken Description ResourcePolicy Policy PolicyDocument " +
  "AssumeRolePolicyDocument RotationRules ExternalSecretRotationMetadata Filters NextToken Marker Plaintext " +
  "CiphertextBlob EncryptionContext GrantTokens Message Subject Attributes AttributeValue WebIdentityToken " +
  "SAMLAssertion RoleSessionName ExternalId Value ZipFile Environment Payload Anything";

test("a value, a document, a token or a text is in nothing that is told, wherever it stands", () => {
  const hidden = Object.fromEntries(others.split(" ").map((name) => [name, canary]));
  const nested = { ...hidden, deep: hidden, list: [hidden], AddReplicaRegions: [hidden], KmsKeyId: hidden };
  const form = new URLSearchParams();
  for (const name of Object.keys(hidden)) {
    for (const suffix of ["", ".member.1", ".member.2.Value", ".entry.1.value"]) form.set(name + suffix, canary);
  }
  for (const told of [
    namingParameters(JSON.stringify(nested), "json"),
    namingParameters(form.toString(), "form"),
    namingParameters(JSON.stringify({ Name: "vantedge" }), "none"),
  ]) {
    expect(JSON.stringify(told)).not.toContain(canary);
  }
});

test.each(["", "oops", '"text"', "null", "[1]"])("a body that is no object tells nothing: %s", (body) => {
  expect(namingParameters(body, "json")).toEqual({});
});

test.each([
  [{ SecretString: canary }, true],
  [{ SecretBinary: canary }, true],
  [{ Name: "x" }, false],
])("whether a value comes along (%#)", (body, expected) => {
  expect(bringsValue(JSON.stringify(body), "json")).toBe(expected);
  expect(bringsValue(JSON.stringify(body), "none")).toBe(false);
});
