import { assumedRoleOf, describeRequest, errorCodeOf } from "../../../local/cloud/requestLog";

const signed = (service: string, region = "us-east-1") =>
  `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20250101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`;

describe("the request log names the action", () => {
  test("of a JSON API by its target", () => {
    const request = {
      method: "POST",
      url: "/",
      headers: {
        authorization: signed("secretsmanager", "eu-west-1"),
        "x-amz-target": "secretsmanager.GetSecretValue",
      },
      body: '{"SecretId":"canary"}',
    };
    expect(describeRequest(request)).toEqual({
      service: "secretsmanager",
      action: "GetSecretValue",
      region: "eu-west-1",
      accessKeyId: "AKIAEXAMPLE",
    });
  });

  test("of a query API by its form, and nothing else of the form", () => {
    const request = {
      method: "POST",
      url: "/",
      headers: { authorization: signed("iam"), "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: "Version=2010-05-08&Action=CreateRole&RoleName=canary",
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
