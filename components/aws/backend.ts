import type { Backend } from "../backend";
import { accessProblem } from "./preflight";
import { createProvider } from "./provider";
import { createSecret, currentVersion, secretProblems } from "./secret";
import { createWorkspace, workspaceProblems } from "./workspace";

/** AWS Secrets Manager, IAM and KMS. */
export const awsBackend: Backend = {
  accessProblem,
  createProvider,
  workspaceProblems,
  createWorkspace,
  secretProblems,
  createSecret,
  currentVersion,
};
