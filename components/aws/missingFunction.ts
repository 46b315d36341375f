import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { SecretFacts } from "../backend";
import { foundIfKnown } from "../lookup";
import { refusedTogether } from "../refusedTogether";
import { hookName } from "./secretName";

export const functionsThatAreThere = refusedTogether<string>((lines) => [...lines]);

/**
 * In the preview that lets Secrets Manager call a rotation function: is the function there? The provider would try for five
 * minutes, after everything else was made. By the list of functions: asked for one, the provider would hand over its
 * variables, and Pulumi write them to its debug log. Where the list is refused, AWS tells later.
 */
export function refuseMissingFunction(
  name: string,
  { workspace, secretName }: SecretFacts,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  const isPreview = pulumi.runtime.isDryRun();
  return functionsThatAreThere.hook(hookName("function-is-there", workspace, secretName), async ({ newInputs }) => {
    const arn: unknown = newInputs?.function;
    // One that this program makes is not known in the preview that creates it, and is waited for.
    if (!isPreview || typeof arn !== "string" || !arn.startsWith("arn:")) return undefined;
    const query = { region: workspace.region as string };
    const listed = await foundIfKnown(lambda.getFunctionsOutput(query, options as pulumi.InvokeOutputOptions));
    if (listed === undefined || listed.functionArns.includes(arn)) return undefined;
    return (
      `Secret "${name}": rotation.lambdaArn: there is no function ${arn}: make it first. It runs as the role rotatorRoleArn ` +
      "of the workspace, which a first pulumi up without rotation makes"
    );
  });
}
