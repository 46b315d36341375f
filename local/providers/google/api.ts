import { bodyProblems } from "../../google/bodies";
import { type Api, type Method as Description, methodOf } from "../../google/descriptions";
import type { CallLog } from "./callLog";
import { GoogleError, invalid } from "./errors";
import { agentMethods } from "./methods/agents";
import type { Answer, Methods, World } from "./methods/method";
import { policyMethods } from "./methods/policies";
import { projectMethods } from "./methods/projects";
import { roleMethods } from "./methods/roles";
import { secretMethods } from "./methods/secrets";
import { storedMethods } from "./methods/stored";
import { versionMethods } from "./methods/versions";
import type { Resource } from "./state";

export type Parameters = Record<string, string | undefined>;

const methods: Methods = {
  ...agentMethods,
  ...policyMethods,
  ...projectMethods,
  ...roleMethods,
  ...secretMethods,
  ...storedMethods,
  ...versionMethods,
};

/** The simulated APIs, as the provider of one project calls them. What is refused by their descriptions reaches no method. */
export class GoogleApi {
  constructor(
    readonly world: World,
    private readonly log: CallLog,
  ) {}

  /** Throws a GoogleError. */
  call(id: string, parameters: Parameters, body: Resource = {}): Resource {
    const name = this.nameIn(id, parameters);
    try {
      const { resource, created } = this.answer(id, name, parameters, body);
      this.log.add({ method: id, name, ...(created === undefined ? {} : { created }), status: 200 });
      return resource;
    } catch (error) {
      if (error instanceof GoogleError) this.log.add({ method: id, name, status: error.status });
      throw error;
    }
  }

  private answer(id: string, name: string, parameters: Parameters, body: Resource): Answer {
    const api = apiOf(id);
    const described = methodOf(api, id);
    const problems = [
      ...parameterProblems(described, parameters),
      ...(described.request === undefined ? [] : bodyProblems(api, described.request.$ref, body)),
    ];
    if (problems.length > 0) throw invalid(problems.join("; "));
    const method = methods[id];
    if (method === undefined) throw new Error(`${id} is not simulated: add it to local/providers/google/methods`);
    return method(this.world, { name, parameters, body });
  }

  /** What the path is about, by one name whatever the API. */
  private nameIn(id: string, parameters: Parameters): string {
    const inPath = pathParameter(id);
    const value = (inPath === undefined ? undefined : parameters[inPath]) ?? "";
    // A bucket is of a project, which its path does not say.
    if (inPath === undefined) return `projects/${parameters.project ?? ""}`;
    if (id.startsWith("storage.buckets.")) return `buckets/${value}`;
    if (id.startsWith("cloudresourcemanager.projects."))
      return this.world.projects.byId(`projects/${value.replace(/^projects\//, "")}`);
    return this.world.projects.byId(value);
  }
}

/** The one parameter that is in the path of a method. */
export function pathParameter(id: string): string | undefined {
  return Object.entries(methodOf(apiOf(id), id).parameters ?? {}).find(([, { location }]) => location === "path")?.[0];
}

export function hasMethod(id: string): boolean {
  return id in methods;
}

function apiOf(id: string): Api {
  if (id.startsWith("iam.policies.")) return "iam.v2";
  const api = apis[id.split(".")[0] as string];
  if (api === undefined) throw new Error(`${id} is of an API without description`);
  return api;
}

const apis: Record<string, Api> = {
  cloudkms: "cloudkms.v1",
  cloudresourcemanager: "cloudresourcemanager.v1",
  iam: "iam.v1",
  logging: "logging.v2",
  monitoring: "monitoring.v3",
  pubsub: "pubsub.v1",
  secretmanager: "secretmanager.v1",
  serviceusage: "serviceusage.v1beta1",
  storage: "storage.v1",
};

function parameterProblems({ id, parameters: described = {} }: Description, given: Parameters): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const parameter = described[name];
    if (parameter === undefined) return [`${id} has no parameter ${name}`];
    if (value === undefined || parameter.pattern === undefined || new RegExp(parameter.pattern).test(value)) return [];
    return [`${name}: must match ${parameter.pattern}`];
  });
}
