import { getProjectOutput } from "@pulumi/gcp/organizations/getProject";
import type * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";
import { lookupOptions } from "../lookup";

export function wrongProject(projectId: string, expected: string, actual: string): string {
  return (
    `gcp.projectNumber: project ${projectId} has the number ${actual}, not ${expected}, and conditions of IAM know a project ` +
    "by its number: correct projectNumber or projectId"
  );
}

/**
 * The project's id, once it is known that the number is its own: a condition with another number would hold for nothing,
 * or for another project. What is created waits for this.
 */
export function verifiedProject(
  projectId: string,
  projectNumber: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  return getProjectOutput({ projectId }, lookupOptions(options)).apply(({ number }) => {
    if (number !== projectNumber) throw new InputError([wrongProject(projectId, projectNumber, number)]);
    return projectId;
  });
}
