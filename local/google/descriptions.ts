/**
 * Google's descriptions of its APIs (https://developers.google.com/discovery/v1/reference/apis), as its client for Python
 * ships them: fetched once into the cache, and never kept in this repository.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { makeOnce } from "../cloud/cache";
import { type Log, withProgress } from "../cloud/progress";
import { run } from "../cloud/run";
import { cacheDirectory, findOnPath } from "../cloud/toolCache";
import { PartUnavailable } from "../cloud/unavailable";

const client = "google-api-python-client";
export const clientVersion = "2.202.0";

const apis = [
  "cloudkms.v1",
  "cloudresourcemanager.v1",
  "iam.v1",
  "iam.v2",
  "logging.v2",
  "monitoring.v3",
  "pubsub.v1",
  "secretmanager.v1",
  "serviceusage.v1beta1",
  "storage.v1",
] as const;
export type Api = (typeof apis)[number];

/** A schema of a description: JSON Schema of an old draft, with Google's own `readOnly` and formats. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  readOnly?: boolean;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
}

export interface Method {
  id: string;
  parameters?: Record<string, { pattern?: string; location: string }>;
  request?: { $ref: string };
}

interface Resources {
  methods?: Record<string, Method>;
  resources?: Record<string, Resources>;
}

export interface Description extends Resources {
  revision: string;
  schemas: Record<string, Schema>;
}

function folder(): string {
  return path.join(cacheDirectory(), `google-api-descriptions-${clientVersion}`);
}

/** Fetches the descriptions, once. */
export async function prepareApiDescriptions(log: Log): Promise<void> {
  if (existsSync(folder())) return;
  const python = findOnPath("python3");
  if (python === undefined)
    throw new PartUnavailable(`the descriptions of Google's APIs need python3 with pip on PATH`);
  await makeOnce(folder(), log, (scratch) =>
    withProgress(log, `fetching the descriptions of Google's APIs (${client} ${clientVersion})`, "17 MB, once", () =>
      fetchInto(scratch, python),
    ),
  );
}

async function fetchInto(scratch: string, python: string): Promise<void> {
  const whole = path.join(scratch, "whole");
  mkdirSync(whole);
  // With a pip of its own, as moto: not every python3 has one.
  const environment = path.join(whole, "environment");
  await run(python, ["-m", "venv", environment]);
  const pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest", whole];
  await run(path.join(environment, "bin", "python"), [...pip, `${client}==${clientVersion}`]);
  const wheel = readdirSync(whole).find((name) => name.endsWith(".whl"));
  await run(python, ["-m", "zipfile", "-e", path.join(whole, wheel as string), whole]);
  const documents = path.join(whole, "googleapiclient", "discovery_cache", "documents");
  for (const api of apis) copyFileSync(path.join(documents, `${api}.json`), path.join(scratch, `${api}.json`));
  rmSync(whole, { recursive: true });
}

const read = new Map<Api, Description>();

/** A description that was fetched. */
export function description(api: Api): Description {
  if (!existsSync(folder()))
    throw new Error(
      "the descriptions of Google's APIs are not here: put python3 on PATH, and start the local cloud again",
    );
  const known = read.get(api) ?? JSON.parse(readFileSync(path.join(folder(), `${api}.json`), "utf8"));
  read.set(api, known);
  return known;
}

export function methodOf(api: Api, id: string): Method {
  const found = methodsIn(description(api)).find((method) => method.id === id);
  if (found === undefined) throw new Error(`${api} has no method ${id}`);
  return found;
}

function methodsIn({ methods = {}, resources = {} }: Resources): Method[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsIn)];
}
