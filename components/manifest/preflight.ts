import { backendOf } from "../backends";
import { clusterNeeds, reloaderInstall } from "../binding/clusterNeeds";
import { RestartedBy } from "../binding/deliveries";
import { reloaderQuestion } from "../binding/restarter";
import { type BindingSpec, resolvedBinding } from "../binding/spec";
import { distinct } from "../distinct";
import { InputError } from "../errors";
import { type ClusterAccess, clusterProblems } from "../kubernetes/preflight";
import { bindingArguments } from "./bindingArguments";
import type { Manifest, ManifestWorkspace } from "./model";
import { cloudPlaceOf } from "./place";
import { plainRef } from "./workspaceArguments";

/** Checks the accounts and clusters that a manifest needs, before anything is created. Reports all that is wrong. */
export async function preflight(manifest: Manifest): Promise<void> {
  const trails = manifest.auditTrails.filter(({ made }) => made);
  const places = [...trails, ...manifest.workspaces].map(({ place }) => cloudPlaceOf(place));
  const clouds = distinct(places).map((place) => backendOf(place.cloud).accessProblem(place));
  const clusters = clusterAccesses(manifest).map(clusterProblems);
  const problems = [...(await Promise.all(clouds)), ...(await Promise.all(clusters)).flat()];
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new InputError([...new Set(found)]);
}

/** A manifest without namespaces and bindings needs no cluster. */
function clusterAccesses(manifest: Manifest): ClusterAccess[] {
  const needing = manifest.workspaces.filter(
    ({ name, declared }) =>
      declared?.namespace !== undefined || manifest.bindings.some(({ entry }) => entry.workspace === name),
  );
  const contexts = [...new Set(needing.map(({ declared }) => declared?.context))];
  return contexts.map((context) => ({
    context,
    namespaces: needing
      .filter(({ declared }) => declared?.context === context && !createsNamespace(declared))
      .map(({ name, declared }) => declared?.namespace ?? name),
    ...accessFor(
      needing
        .filter(({ declared }) => declared?.context === context)
        .flatMap((workspace) => bindingsOf(workspace, manifest)),
    ),
  }));
}

function accessFor(bindings: BindingSpec[]): Pick<ClusterAccess, "needs" | "restarts"> {
  const byReloader = bindings.filter((spec) => spec.restartedBy === RestartedBy.Reloader && spec.delivered.length > 0);
  return {
    needs: distinct(bindings.flatMap(clusterNeeds)),
    restarts: distinct(byReloader.map((spec) => ({ ...reloaderQuestion(spec), install: reloaderInstall(spec) }))),
  };
}

function bindingsOf({ name, organization, place, declared }: ManifestWorkspace, manifest: Manifest): BindingSpec[] {
  const ref = plainRef(name, declared, { organization, place, cluster: manifest.cluster });
  return manifest.bindings
    .filter(({ entry }) => entry.workspace === name)
    .map(({ entry, references }) => resolvedBinding(bindingArguments(entry, ref, references), {}));
}

function createsNamespace(declared: ManifestWorkspace["declared"]): boolean {
  return declared?.namespace !== undefined && declared.createNamespace !== false;
}
