export interface MachineFacts {
  platform: NodeJS.Platform;
  node: string;
  npm: string | undefined;
  go: string | undefined;
  python: string | undefined;
  pythonHasVenv: boolean;
  terraform: string | undefined;
  awsProvider: string | undefined;
  /** Engine and language host are on PATH. */
  pulumiInstalled: boolean;
  /** All Go tools that are needed are in the cache. */
  everythingBuilt: boolean;
  motoInstalled: boolean;
  kubectl: string | undefined;
  cacheDirectory: string;
  freeDisk: number;
  freeMemory: number | undefined;
}

export interface MissingPrerequisite {
  name: string;
  /** What is there instead. */
  found?: string | undefined;
  install: string;
  /** What can be simulated, so that the rest runs without it. */
  simulated?: string;
}

export function missingPrerequisites(facts: MachineFacts): MissingPrerequisite[];
export function gatherFacts(): Promise<MachineFacts>;
