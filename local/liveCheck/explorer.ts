import {
  CreateViewCommand,
  DeleteViewCommand,
  GetIndexCommand,
  paginateListSupportedResourceTypes,
} from "@aws-sdk/client-resource-explorer-2";
import { viewFilter } from "../../components/aws/view";
import { said } from "./said";
import { CannotTry } from "./tries";
import type { World } from "./world";

export async function knowsSecrets({ explorer }: World): Promise<{ holds: boolean; saw: string }> {
  for await (const { ResourceTypes = [] } of paginateListSupportedResourceTypes({ client: explorer }, {})) {
    if (ResourceTypes.some(({ ResourceType }) => ResourceType === "secretsmanager:secret")) {
      return { holds: true, saw: "" };
    }
  }
  return { holds: false, saw: "secretsmanager:secret is not among the supported resource types" };
}

/** Made by the SDK, not by a workspace: an account without an index could then have no workspace to try. */
export async function takesFilter({ explorer, site, a }: World): Promise<{ holds: boolean; saw: string }> {
  await explorer.send(new GetIndexCommand({})).catch((error: Error) => {
    if (error.name !== "ResourceNotFoundException") throw error;
    throw new CannotTry(`Resource Explorer has no index in ${site.region}`);
  });
  const FilterString = viewFilter(a.name);
  const view = { ViewName: a.name, Filters: { FilterString }, IncludedProperties: [{ Name: "tags" }] };
  try {
    const { View } = await explorer.send(new CreateViewCommand(view));
    const removal = `${site.cli} resource-explorer-2 delete-view --region ${site.region} --view-arn ${View?.ViewArn}`;
    site.commands.add(removal);
    await explorer.send(new DeleteViewCommand({ ViewArn: View?.ViewArn }));
    site.commands.delete(removal);
    return { holds: true, saw: "" };
  } catch (error) {
    if ((error as Error).name !== "ValidationException") throw error;
    return { holds: false, saw: said(error as Error) };
  }
}
