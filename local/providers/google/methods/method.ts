import type { Projects } from "../projects";
import type { Resource, State } from "../state";

/** What a method works on. */
export interface World {
  state: State;
  projects: Projects;
}

export interface Request {
  /** What the call is about, or the parent of what it creates, by the id of its project. */
  name: string;
  parameters: Record<string, string | undefined>;
  body: Resource;
}

export interface Answer {
  resource: Resource;
  /** The name of what was created. */
  created?: string;
}

/** One method of an API. Throws a GoogleError. */
export type Method = (world: World, request: Request) => Answer;

export type Methods = Record<string, Method>;
