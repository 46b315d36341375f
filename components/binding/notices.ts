import * as pulumi from "@pulumi/pulumi";
import { beforeHook } from "../hooks";
import { perProgram } from "../perProgram";
import { workspaceId } from "../workspaceRef";
import { reloaderInstall } from "./clusterNeeds";
import type { Delivering } from "./deliver";
import { Delivery, Freshness, RestartedBy } from "./deliveries";
import { distinctSecrets } from "./references";
import { fixedRestarter, type Restarts } from "./restarter";
import { versionAnnotationOf } from "./rollout";
import type { BindingSpec } from "./spec";
import { restartingSecrets } from "./staleness";
import { isReadToAsk, noVersion } from "./versions";
import { rollsOut, startsAfresh } from "./workloads";

type Annotations = Record<string, string>;

const restarterAnnotation = "vantedge.run/restarted-by";

/** What stands on an object of the binding from one `pulumi up` to the next, so that a difference can be said. */
export function recordOf({ spec, versions, restarts }: Delivering): pulumi.Output<Annotations> {
  const shown = distinctSecrets(spec.uses).flatMap((secret) => {
    const version = versions[secret];
    return version === undefined ? [] : [[versionAnnotationOf(secret), version] as const];
  });
  const annotations = { ...Object.fromEntries(shown), [restarterAnnotation]: restarts.apply(({ by }) => by) };
  return pulumi.all(annotations) as pulumi.Output<Annotations>;
}

/** Says what is new about a binding, in previews as well, before the object that has the record of it is written. */
export function notingChanges({ name, binding, spec, restarts }: Delivering): pulumi.ResourceHookBinding {
  let known: Restarts | undefined;
  restarts.apply((found) => {
    known = found;
  });
  const subject = `${workspaceId(spec.workspace)}/${spec.bindingName}/${name}`;
  const hook = beforeHook(`says-what-is-new:${subject}`, async ({ oldInputs, newInputs }) => {
    const lines = notices(spec, known?.why, annotationsOf(oldInputs), annotationsOf(newInputs));
    for (const line of lines) await pulumi.log.info(`DeploymentBinding "${name}": ${line}`, binding);
  });
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}

/** Undefined where there is no such object yet. */
function annotationsOf(inputs: Record<string, any> | undefined): Annotations | undefined {
  return inputs?.metadata && (inputs.metadata.annotations ?? {});
}

/** Exported for tests. What is unknown in a preview is no text. */
export function notices(
  spec: BindingSpec,
  why: string | undefined,
  before: Annotations | undefined,
  now: Annotations = {},
): string[] {
  const by = now[restarterAnnotation];
  const waiting = before?.[restarterAnnotation] === by ? [] : waitingNotice(spec, by, why);
  const changed = distinctSecrets(spec.uses).filter((secret) => {
    const [old, version] = [before, now].map((one) => one?.[versionAnnotationOf(secret)]);
    return typeof old === "string" && typeof version === "string" && old !== version && old !== noVersion;
  });
  return [...waiting, ...(changed.length === 0 ? [] : [changeNotice(spec, by, changed)])];
}

/** What a workload will not see by itself. */
function waitingNotice(spec: BindingSpec, by: string | undefined, why: string | undefined): string[] {
  const { delivery, freshness, workload } = spec;
  if (delivery === Delivery.Native) {
    return [
      "delivery native delivers what pulumi up writes: a value that is changed elsewhere, by rotation or by hand, is not seen",
    ];
  }
  const restarting = restartingSecrets(spec).join(", ");
  if (freshness === Freshness.Pinned || restarting === "" || startsAfresh(workload)) return [];
  if (!rollsOut(workload))
    return [`a ${workload} replaces no pods: new values of ${restarting} come with its next pods`];
  const unasked = restartingSecrets(spec).filter((secret) => isReadToAsk(spec, secret));
  if (by === RestartedBy.Pulumi && unasked.length > 0) {
    return [
      `new values of ${unasked.join(", ")} that are put in elsewhere restart no pods, not at the next pulumi up either: the cloud's provider tells their version only with the value${installOnce(spec)}`,
    ];
  }
  // Who chose to wait knows it.
  if (by !== RestartedBy.Pulumi || why === undefined || fixedRestarter(spec) !== undefined) return [];
  return [
    `new values of ${restarting} that are put in elsewhere reach running pods that this program deploys with the next pulumi up: ${why}${installOnce(spec, ', or set restartedBy: "pulumi" to wait without this line')}`,
  ];
}

const told = perProgram(() => new Set<string>());

/** The command, once for all bindings of a program. */
function installOnce(spec: BindingSpec, otherwise = ""): string {
  const command = reloaderInstall(spec);
  if (told()?.has(command)) return "";
  told()?.add(command);
  return `; Reloader would restart them at once: run "${command}"${otherwise}`;
}

function changeNotice(spec: BindingSpec, by: string | undefined, changed: readonly string[]): string {
  const isBack = changed.some((secret) => spec.origins[secret]?.origin === "pinned");
  const [one, several] = isBack ? ["another version", "other versions"] : ["a newer version", "newer versions"];
  const have = changed.length === 1 ? `has ${one}` : `have ${several}`;
  return `${changed.join(", ")} ${have} than at the last pulumi up: ${wayToPods(spec, by, changed)}`;
}

function wayToPods(spec: BindingSpec, by: string | undefined, changed: readonly string[]): string {
  const { workload } = spec;
  if (startsAfresh(workload)) return `the next run of the ${workload} receives it`;
  const restarting = restartingSecrets(spec);
  if (!changed.some((secret) => restarting.includes(secret))) return "files in running pods follow within two minutes";
  if (!rollsOut(workload)) return `the next pods of the ${workload} receive it`;
  return by === RestartedBy.Reloader
    ? "Reloader restarts the pods with its annotation"
    : "this pulumi up restarts the pods that it deploys";
}
