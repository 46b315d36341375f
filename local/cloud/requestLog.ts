/** What is known of one request to the AWS API, without its body or any value. */
export interface LoggedRequest {
  time: string;
  /** Signing name of the service, for example "secretsmanager". */
  service: string;
  /** For example "GetSecretValue"; for REST APIs the method and path. */
  action: string;
  region?: string;
  /** Id of the access key that signed the request: no secret. */
  accessKeyId?: string;
  /** ARN of the role session that the access key belongs to, where the same log saw the role assumed. */
  principal?: string;
  status: number;
  errorCode?: string;
}

export interface AwsRequest {
  method: string;
  /** Path with query. */
  url: string;
  headers: { [name: string]: string | string[] | undefined };
  body: string;
}

/** Who calls what: every AWS protocol says it in another place. */
export function describeRequest(request: AwsRequest): Omit<LoggedRequest, "time" | "status"> {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const scope = credentialScope(header(request, "authorization") ?? searchParams.get("X-Amz-Credential") ?? "");
  return {
    service: scope?.service ?? "unsigned",
    action: actionOf(request, pathname, searchParams),
    ...(scope && { region: scope.region, accessKeyId: scope.accessKeyId }),
  };
}

function actionOf(request: AwsRequest, pathname: string, query: URLSearchParams): string {
  const target = header(request, "x-amz-target");
  if (target !== undefined) return target.slice(target.lastIndexOf(".") + 1);
  const isForm = header(request, "content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  const action = (isForm ? new URLSearchParams(request.body).get("Action") : null) ?? query.get("Action");
  return action ?? `${request.method} ${pathname}`;
}

/** `AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, ...`, or its part after "Credential=". */
function credentialScope(text: string): { accessKeyId: string; region: string; service: string } | undefined {
  const match = /(?:Credential=|^)([^/\s,]+)\/\d{8}\/([^/\s,]+)\/([^/\s,]+)\/aws4_request/.exec(text);
  const [, accessKeyId, region, service] = match ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

/** The error code of an answer: a header, `__type` of a JSON body, or `<Code>` of an XML body. */
export function errorCodeOf(status: number, headers: AwsRequest["headers"], body: string): string | undefined {
  if (status < 400) return undefined;
  const code =
    header({ headers }, "x-amzn-errortype") ??
    /"__type"\s*:\s*"([^"]+)"/.exec(body)?.[1] ??
    /<Code>([^<]+)<\/Code>/.exec(body)?.[1];
  // Some carry a namespace before, or a URL behind: "com.amazonaws.kms#NotFoundException:http://...".
  return code?.split(":")[0]?.split("#").pop();
}

/** The access key and the role session of an AssumeRole answer. */
export function assumedRoleOf(body: string): { accessKeyId: string; principal: string } | undefined {
  const accessKeyId = /<AccessKeyId>([^<]+)<\/AccessKeyId>/.exec(body)?.[1];
  const principal = /<AssumedRoleUser>[\s\S]*?<Arn>([^<]+)<\/Arn>/.exec(body)?.[1];
  return accessKeyId && principal ? { accessKeyId, principal } : undefined;
}

function header({ headers }: Pick<AwsRequest, "headers">, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
