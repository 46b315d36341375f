import { InputError } from "../errors";

export const noAccessEntries =
  "are of Amazon EKS: with cluster.gke, the gcp principals of the workspace's roles are known to the cluster by their emails";

/** Every workspace that asks for them is refused before (workspaceFaults). */
export function createAccessEntries(): never {
  throw new InputError([`kubernetes.accessEntries: ${noAccessEntries}`]);
}
