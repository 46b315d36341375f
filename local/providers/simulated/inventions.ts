/** What a cloud would answer for a new object: its id, and the outputs that programs use. Equal for equal URNs. */
import { createHash } from "node:crypto";
import type { Properties } from "../provider";

export const account = process.env.VANTEDGE_SIMULATED_ACCOUNT ?? "123456789012";
export const defaultRegion = "us-east-1";

/** An invented object: `id`, and outputs beside the inputs. */
export interface Invention {
  id: string;
  outputs: Properties;
}

interface Seed {
  inputs: Properties;
  region: string;
  /** The object's physical name. */
  name: string;
  /** As many hexadecimal digits as asked for, always the same for one object. */
  hex(digits: number): string;
}

type Inventor = (seed: Seed) => Invention;

const byArn = (make: (seed: Seed) => string, more: (seed: Seed) => Properties = () => ({})): Inventor => {
  return (seed) => ({ id: make(seed), outputs: { arn: make(seed), ...more(seed) } });
};
const byName = (make: (seed: Seed) => string, more: (seed: Seed) => Properties = () => ({})): Inventor => {
  return (seed) => ({ id: seed.name, outputs: { arn: make(seed), ...more(seed) } });
};

const uuid = ({ hex }: Seed) => hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
const arn = (service: string, rest: string, { region }: Seed) => `arn:aws:${service}:${region}:${account}:${rest}`;
const iamArn = (kind: string, { inputs, name }: Seed) =>
  `arn:aws:iam::${account}:${kind}${text(inputs.path, "/")}${name}`;

const inventors: { [type: string]: Inventor } = {
  "aws:cloudtrail/trail:Trail": byArn((seed) => arn("cloudtrail", `trail/${seed.name}`, seed), regional),
  "aws:cloudwatch/eventRule:EventRule": byName((seed) => arn("events", `rule/${seed.name}`, seed)),
  "aws:cloudwatch/logGroup:LogGroup": byName((seed) => arn("logs", `log-group:${seed.name}`, seed)),
  "aws:iam/policy:Policy": byArn(
    (seed) => iamArn("policy", seed),
    ({ hex }) => ({ policyId: `ANPA${hex(16).toUpperCase()}` }),
  ),
  "aws:iam/role:Role": byName(
    (seed) => iamArn("role", seed),
    ({ hex }) => ({ uniqueId: `AROA${hex(16).toUpperCase()}` }),
  ),
  "aws:iam/rolePolicy:RolePolicy": ({ inputs, name }) => ({ id: `${text(inputs.role, "role")}:${name}`, outputs: {} }),
  "aws:kms/alias:Alias": byName(
    (seed) => arn("kms", seed.name, seed),
    (seed) => ({
      targetKeyArn: arn("kms", `key/${text(seed.inputs.targetKeyId, uuid(seed)).replace(/^.*key\//, "")}`, seed),
    }),
  ),
  "aws:kms/key:Key": (seed) => ({
    id: uuid(seed),
    outputs: { arn: arn("kms", `key/${uuid(seed)}`, seed), keyId: uuid(seed) },
  }),
  "aws:s3/bucket:Bucket": (seed) => ({
    id: seed.name,
    outputs: { arn: `arn:aws:s3:::${seed.name}`, bucket: seed.name, bucketDomainName: `${seed.name}.s3.amazonaws.com` },
  }),
  "aws:secretsmanager/secret:Secret": byArn((seed) =>
    arn("secretsmanager", `secret:${seed.name}-${seed.hex(6)}`, seed),
  ),
  "aws:secretsmanager/secretVersion:SecretVersion": (seed) => {
    const secret = text(seed.inputs.secretId, "secret");
    return {
      id: `${secret}|${uuid(seed)}`,
      outputs: { arn: secret, secretArn: secret, versionId: uuid(seed), versionStages: ["AWSCURRENT"] },
    };
  },
  "aws:sns/topic:Topic": byArn((seed) => arn("sns", seed.name, seed)),
  "aws:sqs/queue:Queue": (seed) => {
    const url = `https://sqs.${seed.region}.amazonaws.com/${account}/${seed.name}`;
    return { id: url, outputs: { arn: arn("sqs", seed.name, seed), url } };
  },
};

/** `attempt` above 1: an object of the same URN still exists, and the new one must not have its id. */
export function invent(type: string, urn: string, name: string, inputs: Properties, attempt = 1): Invention {
  const hex = (digits: number) => createHash("sha256").update(`${urn} ${attempt}`).digest("hex").slice(0, digits);
  const invention = inventorOf(type)({ inputs, name, hex, region: text(inputs.region, defaultRegion) });
  const taken = attempt > 1 && invention.id === invent(type, urn, name, inputs).id;
  return taken ? { ...invention, id: `${invention.id}-${attempt}` } : invention;
}

function inventorOf(type: string): Inventor {
  const [cloud, path = ""] = type.split(":");
  const service = path.split("/")[0] ?? "";
  return (
    inventors[type] ?? (cloud === "aws" ? byName((seed) => arn(service, `${seed.name}-${seed.hex(6)}`, seed)) : plain)
  );
}

function plain({ name, hex }: Seed): Invention {
  return { id: `${name}-${hex(8)}`, outputs: {} };
}

function regional({ region }: Seed): Properties {
  return { homeRegion: region };
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
