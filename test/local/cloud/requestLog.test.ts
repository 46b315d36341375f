import { assumedRoleOf, createdArnOf, describeRequest, errorCodeOf } from "../../../local/cloud/requestLog";

const signed = (service: string, region = "us-east-1") =>
  `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20250101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`;

describe("the request log names the action", () => {
  test("of a JSON API by its target", () => {
    const request = {
      method: "POST",
      url: "/",
      headers: {
        authorization: signed("secretsmanager", "eu-west-1"),
        "x-amz-target": "secretsmanager.PutSecretValue",
      },
      body: '{"SecretString":"canary"}',
    };
    expect(describeRequest(request)).toEqual({
      service: "secretsmanager",
      action: "PutSecretValue",
      region: "eu-west-1",
      accessKeyId: "AKIAEXAMPLE",
      bringsValue: true,
    });
  });

  test("of a query API by its form, and nothing else of the form", () => {
    const request = {
      method: "POST",
      url: "/",
      headers: { authorization: signed("iam"), "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: "Version=2010-05-08&Action=CreateRole&Description=canary",
    };
    const described = describeRequest(request);
    expect(described.action).toBe("CreateRole");
    expect(JSON.stringify(described)).not.toContain("canary");
  });

  test("of a REST API by method and path, without its query", () => {
    const request = { method: "PUT", url: "/bucket?policy=canary", headers: { authorization: signed("s3") }, body: "" };
    expect(describeRequest(request)).toMatchObject({ service: "s3", action: "PUT /bucket" });
  });

  test("of a request that was signed in its query", () => {
    const query = "Action=GetCallerIdentity&X-Amz-Credential=AKIAEXAMPLE%2F20250101%2Fus-east-1%2Fsts%2Faws4_request";
    const described = describeRequest({ method: "GET", url: `/?${query}`, headers: {}, body: "" });
    expect(described).toMatchObject({ service: "sts", action: "GetCallerIdentity", accessKeyId: "AKIAEXAMPLE" });
  });

  test("of a request that nobody signed", () => {
    const described = describeRequest({ method: "GET", url: "/moto-api/", headers: {}, body: "" });
    expect(described).toEqual({ service: "unsigned", action: "GET /moto-api/" });
  });
});

test.each([
  ["an object for S3", "s3", "/bucket/canary.json"],
  ["a function's input", "lambda", "/2015-03-31/functions/f/invocations"],
])("the request log takes nothing out of %s", (_what, service, url) => {
  const request = {
    method: "PUT",
    url,
    headers: { authorization: signed(service), "content-type": "application/json" },
    body: '{"Name":"canary","SecretString":"canary"}',
  };
  expect(Object.keys(describeRequest(request))).toEqual(["service", "action", "region", "accessKeyId"]);
});

test.each([
  [
    "CreateSecret",
    '{"ARN":"arn:aws:secretsmanager:r:1:secret:s-AbCdEf"}',
    "arn:aws:secretsmanager:r:1:secret:s-AbCdEf",
  ],
  ["CreateKey", '{"KeyMetadata":{"Arn":"arn:aws:kms:r:1:key/k"}}', "arn:aws:kms:r:1:key/k"],
  ["CreateRole", "<Role><Arn>arn:aws:iam::1:role/p/r</Arn></Role>", "arn:aws:iam::1:role/p/r"],
  ["CreateAlias", "", undefined],
  ["DescribeSecret", '{"ARN":"arn:aws:secretsmanager:r:1:secret:s-AbCdEf"}', undefined],
])("the request log learns what %s created", (action, body, arn) => {
  expect(createdArnOf(action, body)).toBe(arn);
});

describe("the request log names the error", () => {
  test.each([
    ["a header", { "x-amzn-errortype": "NotFoundException:http://internal" }, "{}", "NotFoundException"],
    [
      "a JSON body",
      {},
      '{"__type":"com.amazonaws#ResourceNotFoundException","message":"x"}',
      "ResourceNotFoundException",
    ],
    ["an XML body", {}, "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>", "NoSuchEntity"],
    ["nothing", {}, "oops", undefined],
  ])("from %s", (_where, headers, body, code) => {
    expect(errorCodeOf(400, headers, body)).toBe(code);
  });

  test("only where there is one", () => {
    expect(errorCodeOf(200, {}, "<Code>Success</Code>")).toBeUndefined();
  });
});

test("the request log learns which role an access key belongs to", () => {
  const answer = `<AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId></Credentials>
    <AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/me</Arn></AssumedRoleUser></AssumeRoleResult>`;
  expect(assumedRoleOf(answer)).toEqual({ accessKeyId: "ASIAEXAMPLE", principal: "arn:aws:sts::1:assumed-role/r/me" });
});
