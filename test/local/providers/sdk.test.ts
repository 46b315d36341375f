import { sdkSchema, sdkVersion } from "../../../local/providers/sdk";

const any = { $ref: "pulumi.json#/Any" };
const schema = (packageName: string) => JSON.parse(sdkSchema(packageName));

test("a resource has the inputs and outputs of its class", () => {
  const key = schema("aws").resources["aws:kms/key:Key"];
  expect(key.inputProperties).toMatchObject({ policy: any, region: any });
  expect(key.inputProperties).not.toHaveProperty("arn");
  expect(key.properties).toMatchObject({ policy: any, region: any, arn: any });
});

test("what the SDK sets itself is a constant, what it hides is a secret", () => {
  const secret = schema("kubernetes").resources["kubernetes:core/v1:Secret"];
  expect(secret.inputProperties).toMatchObject({ apiVersion: { const: "v1" }, kind: { const: "Secret" } });
  expect(secret.properties).toMatchObject({ metadata: any, data: { ...any, secret: true } });
});

test("the provider is configured with its own properties, and is no resource", () => {
  const { provider, resources, version } = schema("aws");
  expect(provider.inputProperties).toMatchObject({ region: any, assumeRoles: any, accessKey: any });
  expect(Object.keys(resources).filter((token) => !/^aws:.+:.+$/.test(token))).toEqual([]);
  expect(version).toBe(sdkVersion("aws"));
});

test("components are left out: no local provider constructs them", () => {
  expect(Object.keys(schema("kubernetes").resources)).not.toContain("kubernetes:helm.sh/v4:Chart");
});

test("a package without SDK has no schema", () => {
  expect(sdkSchema("nothing")).toBe("{}");
});
