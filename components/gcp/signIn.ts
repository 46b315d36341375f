import type { GcpCloudPlace } from "../backend";

export function wrongProject(projectId: string, expected: string, actual: string): string {
  return (
    `gcp.projectNumber: project ${projectId} has the number ${actual}, not ${expected}, and conditions of IAM know a project ` +
    "by its number: correct projectNumber or projectId"
  );
}

/** What Google, or the way to it, answered in place of the project. */
export interface Refusal {
  name: string;
  message: string;
  code?: string | number;
  status?: number;
  config?: { url?: string | URL };
  response?: { status?: number; data?: unknown };
}

/** The same in one line that says what to do. */
export function signInProblem(
  error: Refusal,
  { projectId, impersonateServiceAccount }: Pick<GcpCloudPlace, "projectId" | "impersonateServiceAccount">,
): string {
  const project = `Google Cloud project ${projectId}`;
  const status = error.response?.status ?? error.status;
  const said = `${error.message} ${JSON.stringify(error.response?.data ?? "")}`;
  if (/default credentials|no such file|ENOENT|Unexpected token|JSON/.test(error.message) && status === undefined) {
    return `no Google credentials found for ${project}: run "gcloud auth application-default login", or set GOOGLE_APPLICATION_CREDENTIALS to a credential file`;
  }
  if (/invalid_grant|invalid_rapt|reauth/.test(said) || status === 401) {
    return `the Google credentials for ${project} have expired or are refused: run "gcloud auth application-default login", or renew them`;
  }
  if (
    impersonateServiceAccount !== undefined &&
    /generateAccessToken|impersonat/i.test(`${error.config?.url} ${said}`)
  ) {
    return `the credentials may not act as ${impersonateServiceAccount}: allow them roles/iam.serviceAccountTokenCreator on it`;
  }
  if (/SERVICE_DISABLED/.test(said)) {
    return `the API that tells a project's number is off: run "gcloud services enable cloudresourcemanager.googleapis.com" in the project of the credentials`;
  }
  if (status === 403 || status === 404) {
    return `the credentials see no ${project}: correct projectId, or allow them resourcemanager.projects.get`;
  }
  return `Google Cloud can't be reached for ${project} (${error.code ?? status ?? error.name}): check the network and the proxy`;
}

/** A refusal in the words of Google's provider, which end in those of the API: `googleapi: Error 403: ...`. */
export function providersProblem(said: string, projectId: string): string {
  const status = /\bError (\d{3})\b/.exec(said)?.[1];
  const refusal = { name: "no answer", message: said, ...(status === undefined ? {} : { status: Number(status) }) };
  return signInProblem(refusal, { projectId });
}
