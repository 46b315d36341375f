/**
 * A simulated Google Cloud: it refuses what Google's descriptions of its APIs refuse, in previews too, and keeps to the
 * rules that the components rely on. No emulator answers these APIs.
 */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { refusals } from "../../google/refusals";
import { requests } from "../../google/requests";
import {
  type CheckFailure,
  type Difference,
  type Instance,
  type State as Made,
  type Properties,
  type Provider,
  type ResourceId,
  unknown,
} from "../provider";
import { GoogleApi } from "./api";
import { CallLog } from "./callLog";
import { functions } from "./functions";
import { kindOf } from "./kinds";
import { ifThere, type Kind } from "./kinds/kind";
import { Projects } from "./projects";
import { State } from "./state";

export interface Settings {
  /** The file of all that there is. */
  stateFile?: string | undefined;
  logFile?: string | undefined;
  /** The number of projects that the environment gives none. */
  projectNumber: string;
}

interface Olds {
  inputs: Properties;
  outputs: Properties;
}

/** Types that Pulumi's provider names where the program does not. */
const autonamed =
  /^gcp:(?:iam\/denyPolicy|kms\/(?:keyRing|cryptoKey)|logging\/projectSink|pubsub\/topic|storage\/bucket):/;

/** Sent to Google, and in no state. */
const writeOnly = "secretDataWo";

export class GoogleProvider implements Provider {
  private readonly state: State;
  private readonly log: CallLog;

  constructor(private readonly settings: Settings) {
    this.state = new State(settings.stateFile);
    this.log = new CallLog(settings.logFile);
  }

  async configure(instance: Instance): Promise<void> {
    this.api(instance);
  }

  async check(
    instance: Instance,
    resource: ResourceId,
    olds: Properties | undefined,
    news: Properties,
    randomSeed: Uint8Array,
  ): Promise<{ inputs: Properties; failures: CheckFailure[] }> {
    const inputs = named(resource, olds, news, randomSeed);
    const failures = refusals(resource.type, this.complete(instance, resource.type, inputs));
    return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
  }

  async diff(_: Instance, { type }: ResourceId, __: string, olds: Olds, news: Properties): Promise<Difference> {
    const changed = changedIn(olds.inputs, news);
    const { immutable, isNumbered } = required(type);
    const replace = changed.filter((name) => immutable.includes(name));
    // What keeps its name can't be there twice.
    const [before, after] = [nameParts(type, olds.inputs), nameParts(type, news)];
    const sameName = isNumbered !== true && isDeepStrictEqual(before, after);
    return { changed, replace, deleteBeforeReplace: replace.length > 0 && sameName };
  }

  async create(instance: Instance, { type }: ResourceId, given: Properties, preview: boolean): Promise<Made> {
    const kind = required(type);
    const inputs = this.complete(instance, type, given);
    if (preview) return { id: "", outputs: { ...unknowns(kind), ...withoutValue(inputs) } };
    this.refuse(type, inputs);
    const { id, outputs } = kind.create(this.api(instance), inputs);
    return { id, outputs: { ...(outputs as Properties), ...withoutValue(inputs) } };
  }

  async update(
    instance: Instance,
    { type }: ResourceId,
    id: string,
    olds: Olds,
    news: Properties,
    preview: boolean,
  ): Promise<Made> {
    const kind = required(type);
    const inputs = this.complete(instance, type, news);
    const kept = Object.entries(olds.outputs).filter(([name]) => kind.computed.includes(name));
    if (!preview) {
      this.refuse(type, inputs);
      kind.update?.(this.api(instance), id, inputs, changedIn(olds.inputs, news));
    }
    return { id, outputs: { ...Object.fromEntries(kept), ...withoutValue(inputs) } };
  }

  async read(instance: Instance, { type }: ResourceId, id: string, olds: Olds | undefined) {
    const kind = required(type);
    const api = this.api(instance);
    if (olds === undefined && kind.settings === undefined)
      throw new Error(`${type} can't be imported in the simulated Google Cloud`);
    return ifThere(() => {
      const live = (kind.settings?.(api, id) ?? {}) as Properties;
      const inputs = olds === undefined ? live : found(type, olds.inputs, live);
      const outputs = kind.read(api, id, this.complete(instance, type, inputs), olds?.outputs ?? {}) as Properties;
      return { id, inputs, outputs: { ...withoutValue(inputs), ...outputs } };
    });
  }

  async delete(instance: Instance, { type }: ResourceId, id: string, olds: Olds): Promise<void> {
    const inputs = this.complete(instance, type, olds.inputs);
    if (inputs.deletionPolicy === "PREVENT")
      throw new Error(`cannot destroy ${id} without setting deletionPolicy to DELETE and running an update`);
    if (inputs.deletionPolicy === "ABANDON") return;
    ifThere(() => required(type).remove(this.api(instance), id, inputs, olds.outputs));
  }

  async invoke(instance: Instance, token: string, args: Properties): Promise<Properties> {
    const asked = functions[token];
    if (asked === undefined)
      throw new Error(`${token} is not simulated: add it to local/providers/google/functions.ts`);
    return { ...args, ...(asked(this.api(instance), args) as Properties) };
  }

  async stop(): Promise<void> {
    this.state.flush();
  }

  private api(instance: Instance): GoogleApi {
    const table = instance.env.VANTEDGE_SIMULATED_PROJECTS;
    const projects = new Projects(table, this.settings.projectNumber, projectOfProvider(instance));
    return new GoogleApi({ state: this.state, projects }, this.log);
  }

  /** With the project of the provider where none is given. */
  private complete(instance: Instance, type: string, inputs: Properties): Properties {
    const takesProject = requests[type]?.taken.includes("project") ?? false;
    return takesProject ? { ...inputs, project: inputs.project ?? projectOfProvider(instance) } : inputs;
  }

  /** What was not known in the preview. */
  private refuse(type: string, inputs: Properties): void {
    const problems = refusals(type, inputs);
    if (problems.length > 0) throw new Error(problems.join("; "));
  }
}

function projectOfProvider({ config, env }: Instance): string {
  const given = [config.project, env.GOOGLE_PROJECT, env.GOOGLE_CLOUD_PROJECT];
  return (given.find((project) => typeof project === "string" && project !== "") ?? "simulated-project") as string;
}

function required(type: string): Kind {
  const kind = kindOf(type);
  if (kind === undefined) throw new Error(`${type} is not simulated: add it to local/providers/google/kinds`);
  return kind;
}

function named(resource: ResourceId, olds: Properties | undefined, news: Properties, seed: Uint8Array): Properties {
  if (!autonamed.test(resource.type) || (news.name ?? null) !== null) return news;
  const digits = createHash("sha256").update(seed).update(resource.urn).digest("hex").slice(0, 7);
  return { ...news, name: olds?.name ?? `${resource.name}-${digits}` };
}

function changedIn(olds: Properties, news: Properties): string[] {
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names].filter((name) => name !== writeOnly && !isDeepStrictEqual(olds[name] ?? null, news[name] ?? null));
}

function nameParts(type: string, inputs: Properties): unknown {
  return requests[type]?.parameters(inputs);
}

function unknowns({ computed }: Kind): Properties {
  return Object.fromEntries(computed.map((name) => [name, unknown]));
}

function withoutValue(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== writeOnly));
}

/** Inputs that are sent unchanged, as they are now; the others as they were. */
function found(type: string, inputs: Properties, live: Properties): Properties {
  const fields = requests[type]?.fields ?? [];
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => {
      if (!fields.includes(name) || Object.keys(live).length === 0) return [[name, value]];
      return live[name] === undefined ? [] : [[name, live[name]]];
    }),
  ) as Properties;
}
