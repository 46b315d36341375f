import * as pulumi from "@pulumi/pulumi";
import { type Fields, type Injection, refuseInjection } from "./injection";
import { whenKnown } from "./whenKnown";

type Annotations = Record<string, string>;

/** Reloader's lists of names: two bindings of one workload each add theirs. */
const lists = ["secret.reloader.stakater.com/reload", "secretproviderclass.reloader.stakater.com/reload"];

/**
 * With these Reloader finds what restarts a workload by itself, what the binding restarts it for among it:
 * https://github.com/stakater/Reloader/blob/master/docs/How-it-works.md
 */
const findsItself = [
  "reloader.stakater.com/auto",
  "secret.reloader.stakater.com/auto",
  "secretproviderclass.reloader.stakater.com/auto",
  "reloader.stakater.com/search",
];

/** The workload's own metadata, in the binding's namespace and with its annotations. */
export function workloadMetadata(metadata: unknown, from: Injection): pulumi.Input<Fields> {
  return whenKnown<Fields | undefined, Fields>(metadata, (known = {}) => ({
    ...known,
    namespace: whenKnown(known.namespace, (namespace) => inNamespace(namespace, from)),
    ...annotated(known, from.workloadAnnotations, from),
  }));
}

/** The metadata of the pods' template, which stays out where there is nothing in it. */
export function podMetadata(metadata: unknown, from: Injection): pulumi.Input<Fields | undefined> {
  return whenKnown<Fields | undefined, Fields | undefined>(metadata, (known) =>
    known === undefined
      ? from.podAnnotations.apply((annotations) => (isEmpty(annotations) ? undefined : { annotations }))
      : { ...known, ...annotated(known, from.podAnnotations, from) },
  );
}

function inNamespace(namespace: unknown, { bindingName, namespace: expected }: Injection): string {
  if (namespace !== undefined && namespace !== expected) {
    refuseInjection(bindingName, [
      `the workload is in namespace "${namespace}", its secrets are in "${expected}": put the workload there, or leave ` +
        "its namespace out",
    ]);
  }
  return expected;
}

function annotated(metadata: Fields, added: pulumi.Output<Annotations>, from: Injection): Fields {
  const { podAnnotations, workloadAnnotations, bindingName } = from;
  const annotations = pulumi
    .all([metadata.annotations as pulumi.Input<Annotations | undefined>, added, podAnnotations, workloadAnnotations])
    .apply(([own, ours, ofPod, ofWorkload]) => {
      const restarts = !isEmpty({ ...ofPod, ...ofWorkload });
      refuseInjection(bindingName, [...conflicts(own ?? {}, ours), ...(restarts ? secondOwner(own ?? {}, ours) : [])]);
      return isEmpty(ours) ? own : { ...own, ...ours, ...joined(own ?? {}, ours) };
    });
  return { annotations };
}

function conflicts(own: Annotations, ours: Annotations): string[] {
  return Object.keys(ours)
    .filter((name) => own[name] !== undefined && own[name] !== ours[name] && !lists.includes(name))
    .map((name) => `the workload has another annotation ${name} than the binding gives it: remove it`);
}

/** Where the binding says who restarts the workload, another who does so would do it a second time. */
function secondOwner(own: Annotations, ours: Annotations): string[] {
  return findsItself
    .filter((name) => own[name] !== undefined && own[name] !== "false" && ours[name] === undefined)
    .map(
      (name) => `the workload's annotation ${name} may restart it a second time: remove it, the binding says who does`,
    );
}

function joined(own: Annotations, ours: Annotations): Annotations {
  const both = lists.filter((name) => own[name] !== undefined && ours[name] !== undefined);
  return Object.fromEntries(
    both.map((name) => [name, [...new Set([...names(own[name]), ...names(ours[name])])].join()]),
  );
}

function names(list: string | undefined): string[] {
  return (list ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function isEmpty(annotations: Annotations): boolean {
  return Object.keys(annotations).length === 0;
}
