/** A provider schema of one resource type, as GetProviderSchema sends it, with a field of every form. */
import { type ObjectType, readSchemas, type SentSchemas } from "../../../../local/providers/aws/schema";

type SentBlock = SentSchemas["provider"]["block"];

function attribute(name: string, type: unknown, flags: string): SentBlock["attributes"][number] {
  return {
    name,
    type: new TextEncoder().encode(JSON.stringify(type)),
    required: flags.includes("required"),
    optional: flags.includes("optional"),
    computed: flags.includes("computed"),
    sensitive: flags.includes("sensitive"),
    write_only: flags.includes("writeOnly"),
  };
}

const rule: SentBlock = {
  attributes: [attribute("days", "number", "optional"), attribute("rule_id", "string", "computed")],
  block_types: [],
};

const block: SentBlock = {
  attributes: [
    attribute("id", "string", "computed"),
    attribute("name", "string", "optional computed"),
    attribute("policy", "string", "optional"),
    attribute("enabled", "bool", "optional"),
    attribute("secret_wo", "string", "optional sensitive writeOnly"),
    attribute("password", "string", "optional sensitive"),
    attribute("tags", ["map", "string"], "optional"),
    attribute("stage", ["set", "string"], "optional computed"),
    attribute("endpoint", ["list", ["object", { host_name: "string" }]], "computed"),
  ],
  block_types: [
    { type_name: "replica", nesting: "SET", max_items: 0, block: rule },
    { type_name: "rotation", nesting: "LIST", max_items: 1, block: rule },
  ],
};

const schemas = readSchemas({
  provider: { block },
  resource_schemas: { aws_thing: { block } },
  data_source_schemas: {},
});

export const thing = schemas.resources.get("aws_thing") as ObjectType;

/** A Terraform value of the type, null but for what is given. */
export const empty = {
  id: null,
  name: null,
  policy: null,
  enabled: null,
  secret_wo: null,
  password: null,
  tags: null,
  stage: null,
  endpoint: null,
  replica: [],
  rotation: [],
};
