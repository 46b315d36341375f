import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { aws } from "./support/aws";
import { sectionsOf } from "./support/page";
import { root } from "./support/project";

test("docs/restore.md finds the key that a killed run left, by its tag and the alias that it lacks", async () => {
  const create = async (workspace: string) => {
    const Tags = [{ TagKey: "vantedge-workspace", TagValue: workspace }];
    const { KeyMetadata } = await aws("kms", "CreateKey", { Description: `Secrets of workspace ${workspace}`, Tags });
    return KeyMetadata as { Arn: string; KeyId: string };
  };
  const [used, orphan] = [await create("killed"), await create("killed")];
  await create("other");
  await aws("kms", "CreateAlias", { AliasName: "alias/vantedge-killed", TargetKeyId: used.KeyId });

  const documented = readFileSync(path.join(root, "docs", "restore.md"), "utf8");
  const [script] = sectionsOf(documented)["A key that a killed run left"]?.commands as [string];
  const command = `REGION=us-east-1\n${script.replace("WORKSPACE=production", "WORKSPACE=killed")}`;
  const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", command]);
  const listed = stdout
    .trim()
    .split("\n")
    .map((line) => [line.split(" ")[0], line.includes("Enabled"), line.split(" ").slice(-2).join(" ")]);
  expect(listed).toHaveLength(2);
  expect(listed).toEqual(
    expect.arrayContaining([
      [used.Arn, true, expect.stringMatching(/ alias\/vantedge-killed$/)],
      [orphan.Arn, true, "no alias"],
    ]),
  );
});
