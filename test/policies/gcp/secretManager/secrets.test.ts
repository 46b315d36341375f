import { RegionalSecret, RegionalSecretVersion, Secret, SecretVersion } from "@pulumi/gcp/secretmanager";
import { rotation, rotationInterval } from "../../../../policies/gcp/secretManager/rotation";
import { versionDestroyed } from "../../../../policies/gcp/secretManager/versionDestroyed";
import { but, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const secret = resource(Secret, "token", {
  secretId: "orders-token",
  replication: { auto: {} },
  rotation: { rotationPeriod: "7776000s", nextRotationTime: "2027-01-01T00:00:00Z" },
});

testRule(rotation, {
  passes: { "a reminder": secret },
  breaks: { none: [but(secret, { rotation: undefined }), "rotation is missing"] },
});

testRule(rotationInterval, {
  passes: {
    "90 days": secret,
    none: but(secret, { rotation: undefined }),
    "a time, once": but(secret, { rotation: { nextRotationTime: "2027-01-01T00:00:00Z" } }),
  },
  breaks: {
    "a second more": [
      but(secret, { rotation: { rotationPeriod: "7776001s" } }),
      "rotation.rotationPeriod is longer than 90 days",
    ],
    "a regional secret": [
      resource(RegionalSecret, "token", { secretId: "a", location: "b", rotation: { rotationPeriod: "31536000s" } }),
      "rotation.rotationPeriod is longer than 90 days",
    ],
  },
});

const version = resource(
  SecretVersion,
  "first",
  { secret: unknownYet, secretData: "canary", deletionPolicy: "DISABLE" },
  { refers: { secret: [secret] } },
);
const problem = "deletionPolicy destroys it as soon as it is replaced";

testRule(versionDestroyed, {
  passes: {
    disabled: [secret, version],
    "of a secret elsewhere": but(
      { ...version, refers: {} },
      { secret: "projects/a/secrets/b", deletionPolicy: undefined },
    ),
    abandoned: [secret, but(version, { deletionPolicy: "ABANDON" })],
    "destroyed after a while": [
      but(secret, { versionDestroyTtl: "604800s" }),
      but({ ...version, refers: { secret: [secret] } }, { deletionPolicy: undefined }),
    ],
  },
  breaks: {
    "by default": [
      [secret, but(version, { deletionPolicy: undefined })],
      ["first", problem],
    ],
    deleted: [but(version, { deletionPolicy: "DELETE" }), problem],
    "a regional one": [
      [
        resource(RegionalSecret, "token", { secretId: "a", location: "b" }, { outputs: { id: "the-id" } }),
        resource(RegionalSecretVersion, "first", { secret: "the-id", secretData: "canary" }),
      ],
      ["first", problem],
    ],
  },
});
