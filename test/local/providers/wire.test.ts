import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { unknown } from "../../../local/providers/provider";
import { parseConfiguration, Secrets } from "../../../local/providers/wire";

const sentUnknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const struct = (value: object) => Struct.fromJavaScript({ ...value });

test("envelopes are opened at every depth, and the outermost property is remembered", () => {
  const secrets = new Secrets();
  const opened = secrets.open(struct({ plain: 1, deep: { list: [secret({ a: "canary" })] }, top: secret("canary") }));
  expect(opened).toEqual({ plain: 1, deep: { list: [{ a: "canary" }] }, top: "canary" });
  expect([...secrets.names]).toEqual(["deep", "top"]);
});

test("outputs are sealed where an input held a secret or a provider says so, and nowhere else", () => {
  const secrets = new Secrets();
  secrets.open(struct({ value: secret("canary") }));
  const sealed = secrets.seal({ value: "canary", plain: "p", token: "t" }, ["token"]);
  expect(sealed.toJavaScript()).toEqual({ value: secret("canary"), plain: "p", token: secret("t") });
});

test("old secrets do not make new values secret", () => {
  const secrets = new Secrets();
  expect(secrets.openOld(struct({ value: secret("canary") }))).toEqual({ value: "canary" });
  expect(secrets.seal({ value: "now public" }).toJavaScript()).toEqual({ value: "now public" });
});

test("what is unknown goes in and out, secret or not", () => {
  const secrets = new Secrets();
  const opened = secrets.open(struct({ a: sentUnknown, b: [sentUnknown], c: secret(sentUnknown) }));
  expect(opened).toEqual({ a: unknown, b: [unknown], c: unknown });
  expect(secrets.seal(opened).toJavaScript()).toEqual({ a: sentUnknown, b: [sentUnknown], c: sentUnknown });
});

test("a message repeats no secret, new or old, plain or quoted", () => {
  const secrets = new Secrets();
  secrets.open(struct({ value: secret('multi\nline "canary"'), list: secret(["canary", 123456, true, "x"]) }));
  secrets.openOld(struct({ old: secret("former") }));
  expect(secrets.censor('bad: multi\nline "canary", former, 123456, true, x')).toBe(
    "bad: [secret], [secret], [secret], true, x",
  );
  expect(secrets.censor(JSON.stringify({ value: 'multi\nline "canary"' }))).toBe('{"value":"[secret]"}');
});

test("provider configuration is JSON where it is no string", () => {
  const config = {
    region: "us-east-1",
    secretKey: "123",
    assumeRoles: '[{"roleArn":"a"}]',
    skip: "true",
    odd: "{no json}",
  };
  expect(parseConfiguration({ ...config, version: "7.48.0", pluginDownloadURL: "x" })).toEqual({
    region: "us-east-1",
    secretKey: "123",
    assumeRoles: [{ roleArn: "a" }],
    skip: true,
    odd: "{no json}",
  });
});
