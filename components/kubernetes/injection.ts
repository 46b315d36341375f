import type * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../binding/workloads";
import { InputError } from "../errors";

/** A variable that takes its value from a Secret. */
interface Variable {
  name: string;
  valueFrom: object;
}
interface VariableSource {
  prefix?: string;
  secretRef: { name: string; optional?: boolean };
}
interface Mount {
  name: string;
  mountPath: string;
  subPath?: string;
}

/**
 * What a binding gives to a workload. What the program knows is plain, so that a preview shows it, and refuses what
 * can't be, while the Secrets' names are still unknown.
 */
export interface Injection {
  bindingName: string;
  namespace: string;
  workload: Workload;
  /** Whether init containers receive the values too where `inject` isn't told. */
  initContainers: boolean;
  /** The names in `env`. */
  envNames: readonly string[];
  env: pulumi.Output<Variable[]>;
  envFrom: pulumi.Output<VariableSource[]>;
  volumes: pulumi.Output<{ name: string }[]>;
  volumeMounts: readonly Mount[];
  imagePullSecrets: pulumi.Output<{ name: string }[]>;
  podAnnotations: pulumi.Output<Record<string, string>>;
  workloadAnnotations: pulumi.Output<Record<string, string>>;
  /** Empty where the pods keep their own. */
  serviceAccountName: pulumi.Output<string>;
}

/** Which containers receive the values. */
export interface InjectOptions {
  /**
   * The containers by name.
   * @default all
   */
  containers?: string[];
  /**
   * The init containers by name, sidecars (`restartPolicy: Always`) among them; or `true` for all, `false` for none.
   * @default what the binding's kind of workload needs
   */
  initContainers?: boolean | string[];
}

/** A part of a workload's arguments: any of its fields may be an Output or a promise. */
export type Fields = Record<string, unknown>;

/** Throws one line for each problem; does nothing where there is none. */
export function refuseInjection(binding: string, problems: string[]): void {
  if (problems.length === 0) return;
  throw new InputError(problems.map((problem) => `DeploymentBinding "${binding}": ${problem}`));
}
