import {
  camelCase,
  dataSourceType,
  propertyName,
  resourceType,
  snakeCase,
} from "../../../../local/providers/aws/names";

const none = new Set<string>();

test.each([
  ["secret_string_wo_version", "secretStringWoVersion"],
  ["s3_bucket_name", "s3BucketName"],
  ["id", "id"],
])("%s is %s in Pulumi", (terraform, pulumi) => {
  expect(camelCase(terraform)).toBe(pulumi);
  expect(snakeCase(pulumi)).toBe(terraform);
});

test.each([
  ["event_selector", "eventSelectors"],
  ["values", "values"],
  ["policy_arn", "policyArns"],
  ["tags", "tags"],
])("a list %s is %s", (terraform, pulumi) => {
  expect(propertyName(terraform, true, none)).toBe(pulumi);
});

test("a name of one item keeps its form, and so does one whose plural is taken", () => {
  expect(propertyName("rotation_rules", false, none)).toBe("rotationRules");
  expect(propertyName("security_group", true, new Set(["security_group", "security_groups"]))).toBe("securityGroup");
});

const types = new Map([
  ["aws_iam_role_policy", 1],
  ["aws_cloudtrail", 2],
  ["aws_vpc", 3],
  ["aws_caller_identity", 4],
  ["aws_secretsmanager_secret_versions", 5],
]);

test.each([
  ["aws:iam/rolePolicy:RolePolicy", "aws_iam_role_policy"],
  ["aws:cloudtrail/trail:Trail", "aws_cloudtrail"],
  ["aws:ec2/vpc:Vpc", "aws_vpc"],
])("%s is %s", (token, typeName) => {
  expect(resourceType(token, types)).toEqual({ typeName, schema: types.get(typeName) });
});

test.each([
  ["aws:index/getCallerIdentity:getCallerIdentity", "aws_caller_identity"],
  ["aws:secretsmanager/getSecretVersions:getSecretVersions", "aws_secretsmanager_secret_versions"],
])("the function %s is %s", (token, typeName) => {
  expect(dataSourceType(token, types).typeName).toBe(typeName);
});

test("a type that Terraform does not know is named with what was looked for", () => {
  expect(() => resourceType("aws:kms/nothing:Nothing", types)).toThrow(
    "aws:kms/nothing:Nothing: the Terraform AWS provider has nothing of that name (aws_kms_nothing, aws_nothing)",
  );
});
