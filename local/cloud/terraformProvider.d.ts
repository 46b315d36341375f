export const terraformAwsVersion: string;
export function terraformPlatform(): string;
export function terraformInitDirectory(): string;
export function mirrorDirectories(env: NodeJS.ProcessEnv): string[];
/** Undefined when no mirror of this machine has it; throws when VANTEDGE_TERRAFORM_AWS names a missing file. */
export function findTerraformAwsProvider(env?: NodeJS.ProcessEnv): string | undefined;
