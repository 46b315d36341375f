import type { Point } from "../../../local/liveCheck/points";
import { pointList, type Result, reportLines } from "../../../local/liveCheck/report";
import { type Finding, notTried } from "../../../local/liveCheck/tries";

function result(id: string, verdict: Finding["verdict"], saw: string): Result {
  const point: Point = { id, statement: `AWS does ${id}`, source: "undocumented", try: notTried("never") };
  return { point, finding: { verdict, saw } };
}

test("one line for each point, what was seen below it, and the sum with what its turn did not come to", () => {
  const results = [
    result("one", "confirmed", ""),
    result("two", "refuted", "AWS did it"),
    result("three", "not tried", "the AWS CLI (aws) is not on PATH"),
    result("four", "confirmed", "AccessDeniedException: no"),
  ];
  expect(reportLines(results, 7)).toEqual([
    "confirmed  one: AWS does one (undocumented)",
    "refuted    two: AWS does two (undocumented)",
    "             AWS did it",
    "not tried  three: AWS does three (undocumented)",
    "             the AWS CLI (aws) is not on PATH",
    "confirmed  four: AWS does four (undocumented)",
    "             AccessDeniedException: no",
    "",
    "2 confirmed, 1 refuted, 4 not tried",
  ]);
});

test("where nothing was tried, only the sum", () => {
  expect(reportLines([], 3)).toEqual(["0 confirmed, 0 refuted, 3 not tried"]);
});

test("the list links what is documented", () => {
  const { point } = result("one", "confirmed", "");
  expect(pointList([point, { ...point, source: "https://docs.aws.amazon.com/x.html" }])).toEqual([
    "- `one`: AWS does one (undocumented)",
    "- `one`: AWS does one ([documented](https://docs.aws.amazon.com/x.html))",
  ]);
});
