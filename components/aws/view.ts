import * as resourceexplorer from "@pulumi/aws/resourceexplorer";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceSpec } from "../backend";
import { workspaceTags } from "./tags";

/** https://docs.aws.amazon.com/resource-explorer/latest/userguide/using-search-query-syntax.html */
export function viewFilter(workspace: string): string {
  return `resourcetype:secretsmanager:secret tag:vantedge-workspace=${workspace}`;
}

/**
 * What `listing: "explorer"` shows: the view's filter is added to every query, and who has the view has nothing else
 * (https://docs.aws.amazon.com/resource-explorer/latest/userguide/manage-views.html). Needs an index in the region, of
 * which an account has one: it is not the workspace's to make.
 */
export function createView(
  name: string,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { name: workspace, region } = spec.ref;
  const view = new resourceexplorer.View(
    `${name}-view`,
    {
      region: region as string,
      name: `vantedge-${workspace}`,
      filters: { filterString: viewFilter(workspace) },
      includedProperties: [{ name: "tags" }],
      tags: workspaceTags(spec.ref, spec.tags),
    },
    options,
  );
  return view.arn;
}
