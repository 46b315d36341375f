import { getProject } from "@pulumi/gcp/organizations/getProject";
import * as pulumi from "@pulumi/pulumi";
import type { Home } from "../backend";
import { sameError } from "../errors";
import { answerTo, lookupOptions } from "../lookup";
import { oncePerProvider } from "../oncePerProvider";
import { providersProblem, wrongProject } from "./signIn";

/**
 * The project's id, once it is known that the number is its own: a condition with another number would hold for nothing,
 * or for another project. What is created waits for this.
 */
export function verifiedProject(
  projectId: string,
  projectNumber: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  return pulumi.output(projectOf(projectId, projectNumber, options));
}

export async function reachable(home: Home, options: pulumi.CustomResourceOptions): Promise<void> {
  await projectOf(home.projectId as string, home.projectNumber as string, options);
}

const once = oncePerProvider<string>("gcp:organizations/getProject:getProject");

function projectOf(projectId: string, projectNumber: string, options: pulumi.CustomResourceOptions): Promise<string> {
  return once(options, `${projectId} ${projectNumber}`, () => askedProject(projectId, projectNumber, options));
}

async function askedProject(
  projectId: string,
  projectNumber: string,
  options: pulumi.CustomResourceOptions,
): Promise<string> {
  const asked = getProject({ projectId }, lookupOptions(options));
  const { number } = await answerTo(asked, (said) => providersProblem(said, projectId));
  if (number !== projectNumber) throw sameError(wrongProject(projectId, projectNumber, number));
  return projectId;
}
