/** Secret Manager's own account in a project, which is there once it was asked for. */
import { GoogleError } from "../errors";
import { projectOf } from "../projects";
import type { Methods, World } from "./method";

export const agentMethods: Methods = {
  "serviceusage.services.generateServiceIdentity": ({ state, projects }, { name }) => {
    const service = name.split("/").at(-1) as string;
    const email = emailOf(service, projects.numberOf(projectOf(name)));
    const identity = { name: `${name}/identity`, email, uniqueId: projects.numberOf(projectOf(name)) };
    state.put(identity.name, identity);
    // A long-running operation in Google's cloud, done at once here.
    return { resource: { done: true, response: { email: identity.email, uniqueId: identity.uniqueId } } };
  },
};

function emailOf(service: string, projectNumber: string): string {
  return `service-${projectNumber}@gcp-sa-${service.split(".")[0]}.iam.gserviceaccount.com`;
}

/** Whether the agent of the secret's project has a role on something, or on the project that it is in. */
export function agentMay({ state, projects }: World, secret: string, resource: string, role: string): boolean {
  const agent = `serviceAccount:${emailOf("secretmanager", projects.numberOf(projectOf(secret)))}`;
  return [resource, `projects/${projectOf(resource)}`].some((place) =>
    (state.policy(place).bindings ?? []).some((binding) => binding.role === role && binding.members.includes(agent)),
  );
}

export function requireAgent(world: World, secret: string, topic: string, role: string): void {
  if (world.state.get(topic) !== undefined && agentMay(world, secret, topic, role)) return;
  throw new GoogleError(403, `Permission 'pubsub.topics.publish' denied on resource '${topic}' (or it may not exist).`);
}

/** Whether a member is an agent of Secret Manager that nobody asked for yet. */
export function isMissingAgent({ state, projects }: World, member: string, project: string): boolean {
  const number = /^serviceAccount:service-(\d+)@gcp-sa-secretmanager\.iam\.gserviceaccount\.com$/.exec(member)?.[1];
  if (number === undefined) return false;
  // Of whichever project has the number: keys and topics may be in another one than the secret.
  const candidates = [project, projects.own, ...projects.withNumber(number)];
  return !candidates.some(
    (id) =>
      projects.numberOf(id) === number &&
      state.get(`projects/${id}/services/secretmanager.googleapis.com/identity`) !== undefined,
  );
}
