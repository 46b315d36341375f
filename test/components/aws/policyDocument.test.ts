import { policyDocument } from "../../../components/aws/policyDocument";

test("a document is minified, in the order written", () => {
  expect(policyDocument([{ Sid: "A", Effect: "Deny", Action: "b", Resource: "*" }])).toBe(
    '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Action":"b","Resource":"*"}]}',
  );
});
