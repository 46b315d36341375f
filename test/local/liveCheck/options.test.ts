import { optionsOf } from "../../../local/liveCheck/options";

test("what is left out has a default", () => {
  expect(optionsOf([])).toEqual({ region: "us-east-1", settle: 30, yes: false });
  expect(optionsOf(["--profile", "sandbox", "--region=eu-west-1", "--settle", "0", "--yes"])).toEqual({
    profile: "sandbox",
    region: "eu-west-1",
    settle: 0,
    yes: true,
  });
});

test.each([
  [["--settle", "soon"], "--settle: must be a whole number of seconds"],
  [["--keep"], "Unknown option '--keep'"],
  [["sandbox"], "Unexpected argument 'sandbox'"],
])("%j is refused", (args, message) => {
  expect(() => optionsOf(args)).toThrow(message);
});
