import type { LoggedRequest } from "../../../local/cloud/requestLog";

/** Calls of REST APIs by method and path, where the log has no name of an action. */
const calls: [RegExp, string][] = [
  [/^POST \/2015-03-31\/functions\/([^/]+)\/policy$/, "AddPermission"],
  [/^GET \/2015-03-31\/functions\/([^/]+)\/policy$/, "GetPolicy"],
  [/^DELETE \/2015-03-31\/functions\/([^/]+)\/policy\/[^/]+$/, "RemovePermission"],
];

/** The request with its action, and with the function that stands in its path: by name or by ARN. */
export function named(request: LoggedRequest): LoggedRequest {
  if (/^GET \/2015-03-31\/functions\/?(\?.*)?$/.test(request.action)) return { ...request, action: "ListFunctions" };
  for (const [pattern, action] of calls) {
    const FunctionName = pattern.exec(request.action)?.[1];
    if (FunctionName === undefined) continue;
    return {
      ...request,
      action,
      parameters: { ...request.parameters, FunctionName: decodeURIComponent(FunctionName) },
    };
  }
  return request;
}
