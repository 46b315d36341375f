/** Asks the AWS API directly, past the engine: what is really there, and changes behind the engine's back. */
type Answer = Record<string, unknown>;

const jsonServices = {
  secretsmanager: { target: "secretsmanager", version: "1.1" },
  kms: { target: "TrentService", version: "1.1" },
  cloudtrail: { target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", version: "1.1" },
  events: { target: "AWSEvents", version: "1.1" },
};

/** An action of a service that speaks JSON. Rejects with the error's type where AWS refuses. */
export async function aws(
  service: keyof typeof jsonServices,
  action: string,
  input: object,
  region = "us-east-1",
): Promise<Answer> {
  const { target, version } = jsonServices[service];
  const response = await fetch(process.env.AWS_ENDPOINT_URL as string, {
    method: "POST",
    headers: {
      "content-type": `application/x-amz-json-${version}`,
      "x-amz-target": `${target}.${action}`,
      authorization: credential(region, service),
    },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new Error(String(answer.__type ?? response.status));
  return answer;
}

/** An action of IAM: the answer is XML, as text. */
export async function iam(action: string, parameters: Record<string, string>): Promise<string> {
  const response = await fetch(process.env.AWS_ENDPOINT_URL as string, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", authorization: credential("us-east-1", "iam") },
    body: new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }),
  });
  return response.text();
}

/** What a bucket answers to a request such as `policy`: the text, or undefined where there is none. */
export async function bucket(name: string, request: string): Promise<string | undefined> {
  const response = await fetch(`${process.env.AWS_ENDPOINT_URL}/${name}?${request}`, {
    headers: { authorization: credential("us-east-1", "s3") },
  });
  return response.ok ? response.text() : undefined;
}

/** moto reads service and region from the scope, and checks no signature. */
function credential(region: string, service: string): string {
  return `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
}

/** Credentials of a user who may do the given actions and nothing else. */
export async function deployerWith(actions: string[]): Promise<Record<string, string>> {
  const user = `deployer-${Date.now()}`;
  await iam("CreateUser", { UserName: user });
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
  await iam("PutUserPolicy", { UserName: user, PolicyName: "may", PolicyDocument: JSON.stringify(policy) });
  const key = await iam("CreateAccessKey", { UserName: user });
  const element = (name: string) => new RegExp(`<${name}>([^<]+)`).exec(key)?.[1] ?? "";
  return { AWS_ACCESS_KEY_ID: element("AccessKeyId"), AWS_SECRET_ACCESS_KEY: element("SecretAccessKey") };
}

/** Whether moto asks IAM about each call; it doesn't unless told. */
export async function enforceIam(on: boolean): Promise<void> {
  await moto("reset-auth", on ? "0" : "inf");
}

async function moto(setting: string, body: string): Promise<void> {
  const url = `${process.env.AWS_ENDPOINT_URL}/moto-api/${setting}`;
  const response = await fetch(url, { method: "POST", headers: { "content-type": "text/plain" }, body });
  if (!response.ok) throw new Error(`moto-api/${setting}: ${response.status}`);
}

/** A function that moto calls without running it; it would need containers. */
export async function lambdaFunction(name: string): Promise<void> {
  await moto("config", JSON.stringify({ lambda: { use_docker: false } }));
  const trust = { Version: "2012-10-17", Statement: [] };
  await iam("CreateRole", { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) });
  const response = await fetch(`${process.env.AWS_ENDPOINT_URL}/2015-03-31/functions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: credential("us-east-1", "lambda") },
    body: JSON.stringify({
      FunctionName: name,
      Runtime: "nodejs22.x",
      Role: `arn:aws:iam::111122223333:role/${name}`,
      Handler: "index.handler",
      Code: { ZipFile: emptyZip },
    }),
  });
  if (!response.ok) throw new Error(`lambda CreateFunction: ${response.status} ${await response.text()}`);
}

/** The end record of a zip archive without files: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.16 */
const emptyZip = Buffer.from(`504b0506${"00".repeat(18)}`, "hex").toString("base64");
