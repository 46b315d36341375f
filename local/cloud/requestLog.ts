import { bringsValue, type NamingParameters, namingParameters, type Protocol } from "./namingParameters";

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
  /** What the request is about, from a list of parameters that hold no value. */
  parameters?: NamingParameters;
  /** Whether a value of a secret came along. */
  bringsValue?: true;
  /** ARN of what the request created. */
  created?: string;
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
  const protocol = protocolOf(request, pathname, scope?.service);
  const parameters = namingParameters(request.body, protocol);
  return {
    service: scope?.service ?? "unsigned",
    action: actionOf(request, pathname, searchParams),
    ...(scope && { region: scope.region, accessKeyId: scope.accessKeyId }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(bringsValue(request.body, protocol) && { bringsValue: true }),
  };
}

/** REST APIs whose bodies are parameters in JSON, but for a function's own input. */
const restServices = ["lambda", "eks"];

function protocolOf(request: AwsRequest, pathname: string, service: string | undefined): Protocol {
  if (isForm(request)) return "form";
  if (header(request, "x-amz-target") !== undefined) return "json";
  return restServices.includes(service ?? "") && !pathname.endsWith("/invocations") ? "json" : "none";
}

function isForm(request: AwsRequest): boolean {
  return header(request, "content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
}

function actionOf(request: AwsRequest, pathname: string, query: URLSearchParams): string {
  const target = header(request, "x-amz-target");
  if (target !== undefined) return target.slice(target.lastIndexOf(".") + 1);
  const action = (isForm(request) ? new URLSearchParams(request.body).get("Action") : null) ?? query.get("Action");
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

/** The ARN of what an answer says was created. Its id is random, and later requests know it by that. */
export function createdArnOf(action: string, body: string): string | undefined {
  if (!action.startsWith("Create")) return undefined;
  return (/"(?:ARN|Arn)"\s*:\s*"(arn:[^"]+)"/.exec(body) ?? /<Arn>(arn:[^<]+)<\/Arn>/.exec(body))?.[1];
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
