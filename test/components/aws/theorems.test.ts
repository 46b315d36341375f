import { Listing, MemberKms } from "../../../components/access";
import { isolationDocument, type WorkspaceScope } from "../../../components/aws/iam";
import { refuseBroken } from "../../../components/aws/theorems";
import { accountId, scope } from "../../support/fixtures";

const key = `arn:aws:kms:us-east-1:${accountId}:key/production`;
const access = { listing: Listing.Account, memberKms: MemberKms.ValidateOnly, keyArns: [key] };
const arn = `arn:aws:iam::${accountId}:role/vantedge/production/vantedge-production-viewer`;
const guard = isolationDocument(scope, [key]);
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const neverRead = { Sid: "NeverRead", Effect: "Deny", Action: ["secretsmanager:*", "kms:*"], Resource: "*" };
const asked =
  (documents: string[], of: WorkspaceScope = scope) =>
  () =>
    refuseBroken({ role: "viewer", arn, documents }, of, access);

test("documents that keep every promise are let through", () => {
  expect(asked([guard, policy(neverRead)])).not.toThrow();
});

test("documents that break one are refused, with the request that shows it", () => {
  const reading = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" };
  expect(asked([guard, policy(neverRead, reading)])).toThrow(
    'Workspace "production": a fault of vantedge-secrets: the documents of viewer break the promise ' +
      '"Runs and configures no function of another workspace" by lambda:invokefunction on ',
  );
});

test("what can't be decided is no fault", () => {
  const doubtful = {
    Effect: "Allow",
    Action: "lambda:InvokeFunction",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalTag/team": "${aws:PrincipalTag/other}" } },
  };
  expect(asked([guard, policy(neverRead, doubtful)])).not.toThrow();
});
