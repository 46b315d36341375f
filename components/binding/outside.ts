import type { Fault } from "../backend";
import { type BindingReaderArgs, ReaderService } from "./readerArgs";

/** A bound secret, or one field of it, by the identifiers that its cloud gave it. */
export interface SecretReference {
  /** The ARN on AWS, complete and exact. */
  secretId: string;
  field?: string;
  /** Undefined: the version that is current when it is read. */
  versionId?: string;
}

/** An entry of `secrets` of a container of an ECS task definition. */
export interface EcsSecret {
  /** The environment variable's name. */
  name: string;
  /** The secret's ARN, and where they are used the field and the version in it. */
  valueFrom: string;
}

/** An entry of `envs` of a container of a Cloud Run service or job. */
export interface CloudRunVariable {
  /** The environment variable's name. */
  name: string;
  /** Where its value comes from. */
  valueSource: CloudRunValueSource;
}

/** Where the value of a variable of Cloud Run comes from. */
export interface CloudRunValueSource {
  /** The secret. */
  secretKeyRef: CloudRunSecretKeyRef;
}

/** A secret, as Cloud Run refers to it. */
export interface CloudRunSecretKeyRef {
  /** The secret's path, `projects/P/secrets/S`. */
  secret: string;
  /** The version's number, or `latest`: the one that is current when an instance starts. */
  version: string;
}

/** How workloads outside of Kubernetes refer to bound secrets: by name and identifier, never by value. */
export interface OutsideReferences {
  ecsSecrets: EcsSecret[];
  /** For a variable NAME: `NAME_SECRET_ID`, and `NAME_SECRET_FIELD` where it is a field. */
  lambdaEnvironment: Record<string, string>;
  cloudRunEnv: CloudRunVariable[];
}

/** What a binding's arguments ask for that only a pod can take. */
interface Asked {
  env?: Record<string, { field?: string; template?: string; optional?: boolean }>;
  envFrom?: object[];
  files?: Record<string, object>;
  imagePullSecrets?: object[];
  tls?: object[];
}

const forPodsOnly = [
  ["envFrom", "is for pods: outside of a cluster each variable is named under env"],
  ["files", "is for pods: outside of a cluster take the secret under env, or under secrets to read it at run time"],
  ["imagePullSecrets", "is for pods: outside of a cluster images are pulled with the workload's own role"],
  ["tls", "is for pods: outside of a cluster take the secret under env, or under secrets to read it at run time"],
] as const;

/** Why a workload outside of Kubernetes can't take what a binding asks for, one fault for each reference. */
export function outsideFaults(asked: Asked, reader: BindingReaderArgs): Fault[] {
  const inEnv = Object.entries(asked.env ?? {}).flatMap(([name, reference]) => envFaults(name, reference, reader));
  const others = forPodsOnly.flatMap(([argument, message]) =>
    placesIn(asked[argument]).map((place) => ({ path: [argument, place], message })),
  );
  return [...inEnv, ...others];
}

function envFaults(
  name: string,
  { field, template, optional }: { field?: string; template?: string; optional?: boolean },
  { service, serviceAccountEmail }: BindingReaderArgs,
): Fault[] {
  const faults: Fault[] = [];
  const fault = (path: string[], message: string) => faults.push({ path: ["env", ...path], message });
  if (template !== undefined) {
    fault([name, "template"], "is filled in for pods only: refer to the fields, and put them together in the workload");
  }
  if (optional === true && service === ReaderService.EcsTasks) {
    fault([name, "optional"], "is for pods: ECS starts no task whose secret or field is missing; leave it out");
  }
  if (serviceAccountEmail !== undefined && field !== undefined) {
    // https://cloud.google.com/run/docs/configuring/services/secrets
    fault(
      [name, "field"],
      "is taken by no service of Google's: bind the whole secret, or name it under secrets and read it at run time",
    );
  }
  if (optional === true && serviceAccountEmail !== undefined) {
    fault([name, "optional"], "is for pods: Cloud Run starts no instance whose secret is missing; leave it out");
  }
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
  if (service === ReaderService.Lambda && !/^[A-Za-z]/.test(name)) {
    fault([name], "is no name of a Lambda function's variable: begin it with a letter");
  }
  return faults;
}

function placesIn(entries: object[] | Record<string, object> = []): PropertyKey[] {
  return Array.isArray(entries) ? [...entries.keys()] : Object.keys(entries);
}
