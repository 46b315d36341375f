import { projectOf } from "../projects";
import type { Methods } from "./method";

/** Every project is there. */
export const projectMethods: Methods = {
  "cloudresourcemanager.projects.get": ({ projects }, { name }) => {
    const projectId = projectOf(name);
    return {
      resource: { projectId, projectNumber: projects.numberOf(projectId), name: projectId, lifecycleState: "ACTIVE" },
    };
  },
};
