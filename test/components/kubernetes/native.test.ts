import { randomUUID } from "node:crypto";
import { versionSuffix } from "../../../components/kubernetes/native";

test("the suffix is the beginning of the version id's SHA-256", () => {
  expect(versionSuffix("1")).toBe("6b86b273");
});

test("ids that begin alike, as those of one secret do, end differently", () => {
  const ids = Array.from({ length: 1000 }, () => `terraform-${randomUUID()}`);
  expect(new Set(ids.map(versionSuffix)).size).toBe(1000);
});
