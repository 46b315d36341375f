import { check } from "../../../components/checks/check";
import { readerShape } from "../../../components/checks/reader";
import { accountId } from "../../support/fixtures";

const roleArn = `arn:aws:iam::${accountId}:role/edge/gateway`;
const refused = (reader: unknown) => {
  try {
    check("Reader", "r", readerShape, reader);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

test.each([{ roleArn }, { service: "ecs-tasks" }, { service: "lambda" }])("%j is taken", (reader) => {
  expect(refused(reader)).toBe("");
});

const role = "roleArn: must be the ARN of one role";
const service = "service: must be one of ecs-tasks, lambda";
test.each([
  [{}, "exactly one of roleArn, service, serviceAccountEmail must be set; none is set"],
  [
    { roleArn, service: "lambda" },
    "exactly one of roleArn, service, serviceAccountEmail must be set; roleArn and service are set",
  ],
  [{ roleArn: "gateway" }, role],
  [{ roleArn: `arn:aws:iam::${accountId}:role/*` }, role],
  [{ roleArn: `arn:aws:iam::${accountId}:root` }, role],
  [{ roleArn: `arn:aws:iam::${accountId}:user/alice` }, role],
  [{ roleArn: `arn:aws:sts::${accountId}:assumed-role/gateway/session` }, role],
  [{ service: "ec2" }, service],
  [{ service: "lambda.amazonaws.com" }, service],
  [{ serviceAccount: "agent" }, "serviceAccount: unknown key: the keys here are roleArn, service, serviceAccountEmail"],
])("%j is refused", (reader, rule) => {
  expect(refused(reader).split("\n")).toContain(`Reader "r": ${rule}`);
});
