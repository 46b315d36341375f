import type { Backend } from "../backend";
import { createAccessEntries } from "./accessEntry";
import { auditTrailFaults, createAuditTrail, keptByAuditTrail } from "./auditTrail";
import { gcpInCluster } from "./inCluster";
import { accessProblem } from "./preflight";
import { prices } from "./prices";
import { reachable } from "./project";
import { createProvider } from "./provider";
import { clusterFaults, createReader, readerFaults } from "./reader";
import { outsideReferences } from "./references";
import { createSecret } from "./secret";
import { secretFaults } from "./secretFaults";
import { reducedGuarantees } from "./sharing";
import { currentVersion, readsToAsk, secretId } from "./versions";
import { createWorkspace } from "./workspace";
import { workspaceFaults } from "./workspaceFaults";

/** Google Secret Manager and IAM. */
export const gcpBackend: Backend = {
  accessProblem,
  reachable,
  createProvider,
  workspaceFaults,
  reducedGuarantees,
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
  inCluster: gcpInCluster,
  prices,
  auditTrailFaults,
  keptByAuditTrail,
  createAuditTrail,
};
