import { bodyOf, known } from "../../../google/refusals";
import { type Inputs, requests } from "../../../google/requests";
import type { GoogleApi, Parameters } from "../api";
import { GoogleError } from "../errors";
import type { Resource } from "../state";

export interface Made {
  id: string;
  /** Beside the inputs. */
  outputs: Inputs;
}

/** What Google's provider does with one type of resources. `inputs` have the provider's project where none is given. */
export interface Kind {
  /** Inputs that can't be changed. */
  immutable: readonly string[];
  /** Outputs that are not known before. */
  computed: readonly string[];
  create(api: GoogleApi, inputs: Inputs): Made;
  /** The outputs as they are now. Throws the API's error where it is gone. */
  read(api: GoogleApi, id: string, inputs: Inputs, outputs: Inputs): Inputs;
  update?(api: GoogleApi, id: string, inputs: Inputs, changed: readonly string[]): void;
  remove(api: GoogleApi, id: string, inputs: Inputs, outputs: Inputs): void;
  /** Its settings as they are now, in the words of inputs. */
  settings?(api: GoogleApi, id: string): Inputs;
  /** A new one has a name of its own, so that it can be made before the old one goes. */
  isNumbered?: true;
}

/** The request by which a resource is created. */
export function callToCreate(api: GoogleApi, type: string, inputs: Inputs): Resource {
  const { method, parameters } = requestOf(type);
  const given = known(inputs) as Inputs;
  return api.call(method, textual(parameters(given)), bodyOf(type, given) as Resource);
}

export function requestOf(type: string) {
  const request = requests[type];
  if (request === undefined) throw new Error(`${type} is not in local/google/requests.ts`);
  return request;
}

/** The methods of a resource begin alike. */
export function familyOf(type: string): string {
  const { method } = requestOf(type);
  return method.slice(0, method.lastIndexOf("."));
}

function textual(parameters: Inputs): Parameters {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** Undefined where there is none. */
export function ifThere<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

export function picked(properties: Inputs, names: readonly string[]): Inputs {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
}
