import { readFileSync } from "node:fs";
import type { AuthClient, JWTInput } from "google-auth-library";
import type { GcpCloudPlace } from "../backend";
import { type Refusal, signInProblem, wrongProject } from "./signIn";

const scope = "https://www.googleapis.com/auth/cloud-platform";

/**
 * Whether the credentials are there and valid, and whether the project has its number: asked before the engine starts a
 * provider, whose own message would stand among others. Credentials and endpoints are found where Google's provider finds
 * them (https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference). Undefined: all is
 * well.
 */
export async function accessProblem(place: GcpCloudPlace): Promise<string | undefined> {
  const { projectId, projectNumber } = place;
  try {
    const client = await clientOf(place);
    const url = `${endpoint("RESOURCE_MANAGER", "https://cloudresourcemanager.googleapis.com/v1/")}projects/${projectId}`;
    const { data } = await client.request<{ projectNumber?: string }>({ url, retry: false });
    return data.projectNumber === projectNumber
      ? undefined
      : wrongProject(projectId, projectNumber, data.projectNumber ?? "unknown");
  } catch (error) {
    return signInProblem(error as Refusal, place);
  }
}

async function clientOf({ impersonateServiceAccount }: GcpCloudPlace): Promise<AuthClient> {
  const client = await ownClient();
  if (impersonateServiceAccount === undefined) return client;
  const { Impersonated } = await import("google-auth-library");
  return new Impersonated({
    sourceClient: client,
    targetPrincipal: impersonateServiceAccount,
    targetScopes: [scope],
    endpoint: new URL(endpoint("IAM_CREDENTIALS", "https://iamcredentials.googleapis.com/v1/")).origin,
  });
}

/** By a token, by a key (its text, or the file that holds it), or by what gcloud or the machine offers. */
async function ownClient(): Promise<AuthClient> {
  const { GoogleAuth, OAuth2Client } = await import("google-auth-library");
  const { GOOGLE_OAUTH_ACCESS_TOKEN: token, GOOGLE_CREDENTIALS: key } = process.env;
  if (token) {
    const client = new OAuth2Client();
    client.setCredentials({ access_token: token });
    return client;
  }
  return new GoogleAuth({ scopes: [scope], ...(key ? { credentials: keyIn(key) } : {}) }).getClient();
}

function keyIn(key: string): JWTInput {
  return JSON.parse(key.trimStart().startsWith("{") ? key : readFileSync(key, "utf8"));
}

function endpoint(api: string, usual: string): string {
  return process.env[`GOOGLE_${api}_CUSTOM_ENDPOINT`] || usual;
}
