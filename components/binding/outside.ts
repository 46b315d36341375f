import type { Fault } from "../backend";
import { ReaderService } from "./readerArgs";

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

/** How workloads outside of Kubernetes refer to bound secrets: by name and identifier, never by value. */
export interface OutsideReferences {
  ecsSecrets: EcsSecret[];
  /** For a variable NAME: `NAME_SECRET_ID`, and `NAME_SECRET_FIELD` where it is a field. */
  lambdaEnvironment: Record<string, string>;
}

/** What a binding's arguments ask for that only a pod can take. */
interface Asked {
  env?: Record<string, { template?: string; optional?: boolean }>;
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
export function outsideFaults(asked: Asked, service: ReaderService | undefined): Fault[] {
  const inEnv = Object.entries(asked.env ?? {}).flatMap(([name, reference]) => envFaults(name, reference, service));
  const others = forPodsOnly.flatMap(([argument, message]) =>
    placesIn(asked[argument]).map((place) => ({ path: [argument, place], message })),
  );
  return [...inEnv, ...others];
}

function envFaults(
  name: string,
  { template, optional }: { template?: string; optional?: boolean },
  service: ReaderService | undefined,
): Fault[] {
  const faults: Fault[] = [];
  const fault = (path: string[], message: string) => faults.push({ path: ["env", ...path], message });
  if (template !== undefined) {
    fault([name, "template"], "is filled in for pods only: refer to the fields, and put them together in the workload");
  }
  if (optional === true && service === ReaderService.EcsTasks) {
    fault([name, "optional"], "is for pods: ECS starts no task whose secret or field is missing; leave it out");
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
