import { prove } from "../../components/aws/prover/prover";
import type { Question } from "../../components/aws/prover/question";
import { rolesOf } from "./cast";
import { homeOf, recordWorkspaces } from "./world";

const regions = ["us-east-1", "eu-central-1"];
const account = "111122223333";

test("scratch", async () => {
  const recorded = await recordWorkspaces(["production", "production-eu", "dev"], { regions });
  const home = homeOf("production", recorded, regions);
  const other = homeOf("production-eu", recorded, regions);
  const ours = "arn:aws:secretsmanager:*:*:secret:vantedge/production/*";
  const theirs = {
    secrets: "arn:aws:secretsmanager:*:*:secret:vantedge/production-eu/*",
    key: other.keyArns[0] as string,
  };
  const questions: Record<string, Question> = {
    "prefix, hostile": {
      actions: ["secretsmanager:*"],
      notActions: ["secretsmanager:BatchGet*", "secretsmanager:GetRa*", "secretsmanager:ListS*"],
      notResources: [ours, "*"],
      attached: "anything",
    },
    "reads other": { actions: ["secretsmanager:GetSecretValue"], resources: [theirs.secrets], attached: "anything" },
    "decrypts with other key": { actions: ["kms:Decrypt"], resources: [theirs.key], attached: "anything" },
    "administers other key": { actions: ["kms:*"], resources: [theirs.key], attached: "anything" },
    "function of other": {
      actions: ["lambda:*"],
      resources: ["arn:aws:lambda:*:*:function:vantedge-production--eu-*"],
      attached: "nothing",
    },
    "member reads": {
      actions: ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"],
      attached: "anything",
    },
    "member decrypts": {
      actions: ["kms:Decrypt"],
      attached: "anything",
      context: {
        "kms:EncryptionContext:SecretVersionId": { notLike: ["RequestToValidateKeyAccess"], presence: "optional" },
      },
    },
    "keep key": {
      actions: ["secretsmanager:UpdateSecret"],
      resources: [ours],
      context: { "secretsmanager:KmsKeyArn": { notLike: home.keyArns } },
      attached: "anything",
    },
    "keep key absent": {
      actions: ["secretsmanager:UpdateSecret"],
      resources: [ours],
      context: {
        "secretsmanager:KmsKeyArn": { presence: "absent" },
        "secretsmanager:KmsKeyId": { presence: "absent" },
      },
      attached: "nothing",
    },
  };
  const lines: string[] = [];
  const start = performance.now();
  for (const role of rolesOf(recorded, home)) {
    for (const [name, question] of Object.entries(questions)) {
      const keyPolicy = question.resources?.includes(theirs.key)
        ? recorded.keys.find(({ arn }) => arn === theirs.key)?.policy
        : recorded.keys.find(({ arn }) => arn === home.keyArns[0])?.policy;
      const before = performance.now();
      const proof = prove(
        { accountId: account, identity: [...role.access, ...role.guard], key: keyPolicy as object },
        role.arn,
        question,
      );
      lines.push(
        `${role.name} | ${name} | ${JSON.stringify(proof).slice(0, 400)} | ${Math.round(performance.now() - before)} ms`,
      );
    }
  }
  process.stdout.write(`${lines.join("\n")}\n${Math.round(performance.now() - start)} ms\n`);
});
