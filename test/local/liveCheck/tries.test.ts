import type { Site } from "../../../local/liveCheck/site";
import { allowed, CannotTry, denied, fact, notTried, prepared, type Try } from "../../../local/liveCheck/tries";
import type { Clients, World } from "../../../local/liveCheck/world";

const site = { values: new Set(["s3cret"]) } as unknown as Site;
const world = { site, clientsOf: async () => ({}) as Clients } as unknown as World;
const worldWithoutRole = {
  site,
  clientsOf: async () => {
    throw answer("AccessDenied", "may not take it");
  },
} as unknown as World;

/** As the SDK throws what a service answers. */
function answer(name: string, message: string, $fault?: "client" | "server"): Error {
  return Object.assign(new Error(message), { name, $fault });
}

const throwing = (error: Error) => async () => {
  throw error;
};

describe("an answer of AWS confirms, refutes, or says nothing", () => {
  const cases: [string, () => Promise<unknown>, allowed: string, denied: string][] = [
    ["it is done", async () => "done", "confirmed", "refuted"],
    ["access is denied", throwing(answer("AccessDeniedException", "no", "client")), "refuted", "confirmed"],
    ["access is denied by IAM or STS", throwing(answer("AccessDenied", "no", "client")), "refuted", "confirmed"],
    // Access is decided first, so somebody was let in.
    ["the request is refused", throwing(answer("ResourceNotFoundException", "no", "client")), "not tried", "refuted"],
    ["AWS is busy", throwing(answer("ThrottlingException", "later", "client")), "not tried", "not tried"],
    ["the session has ended", throwing(answer("ExpiredTokenException", "late", "client")), "not tried", "not tried"],
    ["AWS is out of order", throwing(answer("InternalServiceError", "oh", "server")), "not tried", "not tried"],
    ["the network is down", throwing(answer("TimeoutError", "where")), "not tried", "not tried"],
    [
      "what it needs is refused",
      () => prepared(throwing(answer("AccessDeniedException", "no", "client"))()),
      "not tried",
      "not tried",
    ],
  ];
  test.each(cases)("%s", async (_, call, ifAllowed, ifDenied) => {
    expect((await allowed("a.member", call)(world)).verdict).toBe(ifAllowed);
    expect((await denied("a.member", call)(world)).verdict).toBe(ifDenied);
  });
});

test("a role that can't be taken is no denial of what it would do", async () => {
  const finding = await denied("a.member", async () => "done")(worldWithoutRole);
  expect(finding).toEqual({ verdict: "not tried", saw: "could not prepare it: AccessDenied: may not take it" });
});

test("a fact holds, doesn't, or can't be looked at", async () => {
  const findings = await Promise.all(
    [
      fact(async () => ({ holds: true, saw: "" })),
      fact(async () => ({ holds: false, saw: "errorCode is undefined" })),
      fact(throwing(new CannotTry("no index"))),
      notTried("needs a function"),
    ].map((attempt: Try) => attempt(world)),
  );
  expect(findings).toEqual([
    { verdict: "confirmed", saw: "" },
    { verdict: "refuted", saw: "errorCode is undefined" },
    { verdict: "not tried", saw: "no index" },
    { verdict: "not tried", saw: "needs a function" },
  ]);
});

test("a value is never shown, whoever repeats it", async () => {
  const repeated = throwing(answer("AccessDeniedException", "s3cret\n  is yours", "client"));
  const saw = "AccessDeniedException: [value] is yours";
  expect(await denied("a.member", repeated)(world)).toEqual({ verdict: "confirmed", saw });
  expect(await fact(repeated)(world)).toEqual({ verdict: "not tried", saw });
  expect((await fact(async () => ({ holds: false, saw: "is s3cret" }))(world)).saw).toBe("is [value]");
});
