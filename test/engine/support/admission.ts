import { kubernetes } from "./kubernetes";

/** A custom resource, before it has a namespace. */
export interface Custom {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: object;
}

const plurals: Record<string, string> = {
  ExternalSecret: "externalsecrets",
  SecretStore: "secretstores",
  PushSecret: "pushsecrets",
  SecretProviderClass: "secretproviderclasses",
  SecretSync: "secretsyncs",
};

/** What the API server says to the object, without keeping it. */
export async function asked({ apiVersion, kind, ...object }: Custom, namespace: string): Promise<[number, string]> {
  const place = `/apis/${apiVersion}/namespaces/${namespace}/${plurals[kind]}?dryRun=All`;
  const { status, body } = await kubernetes("POST", place, { apiVersion, kind, ...object });
  return [status, (body as { message?: string }).message ?? ""];
}
