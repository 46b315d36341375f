import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type Fields, type Injection, type InjectOptions, refuseInjection } from "./injection";
import { containersPath } from "./podTemplate";
import { whenAllKnown, whenKnown } from "./whenKnown";

/** A container as far as `inject` has to know it. */
interface Opened {
  container: Fields;
  /** Undefined where Kubernetes will refuse it. */
  name: string | undefined;
  envNames: unknown[];
  mountPaths: unknown[];
}

const lists = { containers: "container", initContainers: "init container" } as const;
type List = keyof typeof lists;

/** The pod's lists of containers, with the values in those that were chosen. */
export function injectedContainers(pod: Fields, from: Injection, options: InjectOptions): pulumi.Input<Fields> {
  return whenAllKnown<[Opened[], Opened[]], Fields>(
    [openAll(pod.containers), openAll(pod.initContainers)],
    ([containers, initContainers]) => {
      if (containers.length === 0) {
        refuseInjection(from.bindingName, [
          `the workload has no ${containersPath(from.workload)}: inject takes the arguments of a ${from.workload}`,
        ]);
      }
      const opened = { containers, initContainers };
      const chosen = choose(opened, from, options);
      refuseInjection(from.bindingName, duplicates(opened, chosen, from));
      const inject = (one: Opened) => (chosen.has(one) ? intoContainer(one.container, from) : one.container);
      return {
        ...pod,
        containers: containers.map(inject),
        ...(initContainers.length === 0 ? {} : { initContainers: initContainers.map(inject) }),
      };
    },
  );
}

function openAll(list: unknown): pulumi.Input<Opened[]> {
  return whenItemsKnown(list, (containers) => whenAllKnown<Opened[], Opened[]>(containers.map(open), (all) => all));
}

function open(container: Fields): pulumi.Input<Opened> {
  return whenAllKnown<[string | undefined, unknown[], unknown[]], Opened>(
    [container.name, fieldOfAll(container.env, "name"), fieldOfAll(container.volumeMounts, "mountPath")],
    ([name, envNames, mountPaths]) => ({ container, name, envNames, mountPaths }),
  );
}

function fieldOfAll(list: unknown, field: string): pulumi.Input<unknown[]> {
  return whenItemsKnown(list, (items) =>
    whenAllKnown<unknown[], unknown[]>(
      items.map((item) => item[field]),
      (all) => all,
    ),
  );
}

function whenItemsKnown<Result>(list: unknown, use: (items: Fields[]) => pulumi.Input<Result>): pulumi.Input<Result> {
  return whenKnown<unknown[] | undefined, Result>(list, (items = []) => whenAllKnown<Fields[], Result>(items, use));
}

function choose(opened: Record<List, Opened[]>, from: Injection, options: InjectOptions): Set<Opened> {
  const wanted = {
    containers: options.containers ?? true,
    initContainers: options.initContainers ?? from.initContainers,
  };
  refuseInjection(from.bindingName, [
    ...unknownNames("containers", wanted.containers, opened.containers),
    ...unknownNames("initContainers", wanted.initContainers, opened.initContainers),
  ]);
  return new Set([
    ...opened.containers.filter((one) => isWanted(wanted.containers, one)),
    ...opened.initContainers.filter((one) => isWanted(wanted.initContainers, one)),
  ]);
}

function isWanted(wanted: boolean | string[], { name }: Opened): boolean {
  return typeof wanted === "boolean" ? wanted : wanted.includes(name as string);
}

function unknownNames(list: List, wanted: boolean | string[], opened: Opened[]): string[] {
  if (typeof wanted === "boolean") return [];
  const names = opened.map(({ name }) => name);
  const there = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
  return wanted
    .filter((name) => !names.includes(name))
    .map((name) => `the workload has no ${lists[list]} "${name}": ${there}`);
}

/** Kubernetes takes a variable's name and a mount's path once in a container. */
function duplicates(opened: Record<List, Opened[]>, chosen: Set<Opened>, from: Injection): string[] {
  const paths = from.volumeMounts.map(({ mountPath }) => mountPath);
  return (Object.keys(lists) as List[]).flatMap((list) =>
    opened[list].flatMap((one, index) => {
      if (!chosen.has(one)) return [];
      const subject = one.name === undefined ? `${list}[${index}]` : `${lists[list]} "${one.name}"`;
      const own = one.mountPaths.map(samePath);
      return [
        ...twice(
          subject,
          "environment variable",
          from.envNames.filter((name) => one.envNames.includes(name)),
        ),
        ...twice(
          subject,
          "mount path",
          paths.filter((mountPath) => own.includes(samePath(mountPath))),
        ),
      ];
    }),
  );
}

function twice(subject: string, what: string, names: string[]): string[] {
  if (names.length === 0) return [];
  return [`${subject} already has the ${what} ${names.join(", ")}: remove it from the workload or from the binding`];
}

/** `/etc/secrets/` is `/etc/secrets`. */
function samePath(mountPath: unknown): string {
  return path.posix.resolve("/", String(mountPath));
}

/** Secrets come first: `$(NAME)` in a later variable only expands those before it. Of `envFrom` the last entry wins. */
function intoContainer(container: Fields, from: Injection): Fields {
  const withEnv = from.envNames.length === 0 ? {} : { env: prepended(container.env, from) };
  const withMounts =
    from.volumeMounts.length === 0
      ? {}
      : {
          volumeMounts: whenKnown<unknown[] | undefined, unknown[]>(container.volumeMounts, (own = []) => [
            ...own,
            ...from.volumeMounts,
          ]),
        };
  return { ...container, ...withEnv, ...withMounts, envFrom: appended(container.envFrom, from) };
}

function prepended(own: unknown, { env, envNames }: Injection): pulumi.Input<unknown[]> {
  const secrets = envNames.map((name) => ({
    name,
    valueFrom: env.apply((entries) => entries.find((entry) => entry.name === name)?.valueFrom),
  }));
  return whenKnown<unknown[] | undefined, unknown[]>(own, (entries = []) => [...secrets, ...entries]);
}

function appended(own: unknown, { envFrom }: Injection): pulumi.Output<unknown> {
  return pulumi
    .all([own, envFrom])
    .apply(([entries, added]) => (added.length === 0 ? entries : [...((entries as unknown[]) ?? []), ...added]));
}
