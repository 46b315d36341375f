export interface GoTool {
  /** Name of the executable. */
  name: string;
  /** Folder in local/build. */
  module: string;
  /** Go package that is built. */
  package: string;
  versionOf: string;
  /** Variables of the Go program that carry its version. */
  stamp: (version: string) => Record<string, string>;
  /** A change of the module's source. */
  edit?: SourceEdit;
  /** A cold build on 2 cores. */
  seconds: number;
}

/** Exchanges a text in a file of a Go module, for a setting that is a constant there. */
export interface SourceEdit {
  file: string;
  text: string;
  by: string;
}

export const buildDirectory: string;
export const goTools: Record<
  | "pulumi"
  | "languageYaml"
  | "generateNodejs"
  | "etcd"
  | "kubeApiserver"
  | "kubeControllerManager"
  | "externalSecrets"
  | "reloader",
  GoTool
>;
export const kubernetesPlugin: GoTool;
export const deploymentTools: Record<"kubectl" | "helm" | "argoCd", GoTool>;
export const motoVersion: string;
export const awsCliVersion: string;
export function cacheDirectory(): string;
export function requiredVersion(folder: string, modulePath: string): string;
export function toolVersion(tool: GoTool): string;
export function toolDirectory(tool: GoTool): string;
export function toolBinary(tool: GoTool): string;
export function motoDirectory(): string;
export function motoPython(): string;
export function awsCliDirectory(): string;
export function findOnPath(name: string, searchPath?: string): string | undefined;
