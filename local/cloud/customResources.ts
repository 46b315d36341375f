import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import { Cluster } from "../providers/kubernetes/cluster";
import { Connection } from "../providers/kubernetes/connection";
import type { KubernetesObject } from "../providers/kubernetes/object";
import { established } from "../providers/kubernetes/waitFor";
import { type ModuleFolder, moduleFolder } from "./moduleFolder";

const fileName = "definitions.json";

/** The CustomResourceDefinitions of a folder of a Go module, in one file of JSON: YAML of this size takes seconds to read. */
export async function customResourceDefinitions(folder: ModuleFolder): Promise<string> {
  const kept = await moduleFolder(folder, (source, scratch) => {
    const objects = readdirSync(source).flatMap((name) =>
      parseAllDocuments(readFileSync(path.join(source, name), "utf8")).map((document) => document.toJS() as unknown),
    );
    writeFileSync(path.join(scratch, fileName), JSON.stringify(objects));
  });
  return path.join(kept, fileName);
}

/** Ready when the API server serves each of them. */
export async function installDefinitions(kubeconfig: string, file: string): Promise<void> {
  const cluster = await clusterOf(kubeconfig);
  const definitions = JSON.parse(readFileSync(file, "utf8")) as KubernetesObject[];
  await Promise.all(
    definitions.map(async (definition) => {
      const live = await install(cluster, definition);
      await cluster.waitUntil(live, [established], 60);
    }),
  );
}

export async function clusterOf(kubeconfig: string): Promise<Cluster> {
  return new Cluster(await Connection.open({ config: { kubeconfig }, env: {} }));
}

/** Creates an object of the cloud's own. */
export function install(cluster: Cluster, object: KubernetesObject): Promise<KubernetesObject> {
  return cluster.apply(object, { fieldManager: "local-cloud", force: true, dryRun: false });
}
