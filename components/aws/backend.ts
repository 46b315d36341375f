import type { Backend } from "../backend";
import { createAccessEntries } from "./accessEntry";
import { reachable } from "./account";
import { auditTrailFaults, createAuditTrail, keptByAuditTrail } from "./auditTrail";
import { awsInCluster } from "./inCluster";
import { accessProblem } from "./preflight";
import { prices } from "./prices";
import { createProvider } from "./provider";
import { createReader } from "./reader";
import { clusterFaults, readerFaults } from "./readerPolicies";
import { outsideReferences } from "./references";
import { createSecret, secretFaults } from "./secret";
import { secretId } from "./secretId";
import { currentVersion, readsToAsk } from "./versions";
import { createWorkspace } from "./workspace";
import { workspaceFaults } from "./workspaceFaults";

/** AWS Secrets Manager, IAM and KMS. */
export const awsBackend: Backend = {
  accessProblem,
  reachable,
  createProvider,
  workspaceFaults,
  reducedGuarantees: () => [],
  createWorkspace,
  createAccessEntries,
  secretFaults,
  createSecret,
  currentVersion,
  readsToAsk,
  secretId,
  outsideReferences,
  clusterFaults,
  readerFaults,
  createReader,
  inCluster: awsInCluster,
  prices,
  auditTrailFaults,
  keptByAuditTrail,
  createAuditTrail,
};
