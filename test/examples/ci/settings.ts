import { accountId } from "../../support/fixtures";

/** What a user sets for the roles of CI. */
export const settings = {
  accountId,
  stateBucket: "acme-pulumi-state",
  github: { owner: "acme", ownerId: "123", repository: "infrastructure", repositoryId: "456" },
  gitlab: { project: "acme/infrastructure", projectId: "789" },
};
