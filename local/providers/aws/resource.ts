/** The life of one Terraform resource type: validate, plan, apply, read, import. */
import { unknown } from "../provider";
import { pack, type TerraformObject, unpack } from "./msgpack";
import { proposedState } from "./plan";
import type { ObjectType } from "./schema";
import { type AttributePath, type Diagnostic, describe, problem, type Terraform } from "./terraform";
import { hasUnknown } from "./values";

/** A state as the provider gave it: it is given back as it came. */
export interface StoredState {
  value: TerraformObject;
  /** The provider's own notes about the object, for nobody else to read. */
  private: Uint8Array;
}

export interface Plan {
  planned: TerraformObject;
  private: Uint8Array;
  /** Names of the fields that force a replacement. */
  replacing: Set<string>;
}

interface Packed {
  msgpack: Uint8Array;
}

const capabilities = { write_only_attributes_allowed: true };

export class TerraformResource {
  constructor(
    private readonly terraform: Terraform,
    readonly typeName: string,
    readonly schema: ObjectType,
  ) {}

  /** The provider's objections to a configuration. It is not asked about values that are not known yet. */
  async objections(config: TerraformObject): Promise<{ property: string; reason: string }[]> {
    if (hasUnknown(config)) return [];
    const request = { type_name: this.typeName, config: packed(config), client_capabilities: capabilities };
    const { diagnostics } = await this.call<object>("ValidateResourceTypeConfig", request);
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "ERROR");
    return errors.map((error) => ({ property: this.property(error.attribute), reason: describe(error) }));
  }

  async plan(prior: StoredState | null, config: TerraformObject): Promise<Plan> {
    const answer = await this.succeed<{
      planned_state: Packed;
      planned_private: Uint8Array;
      requires_replace: AttributePath[];
    }>("PlanResourceChange", {
      type_name: this.typeName,
      prior_state: packed(prior?.value ?? null),
      proposed_new_state: packed(proposedState(this.schema, prior?.value ?? null, config)),
      config: packed(config),
      prior_private: prior?.private,
      client_capabilities: capabilities,
    });
    const replacing = answer.requires_replace.map((path) => path.steps[0]?.attribute_name ?? "");
    return {
      planned: unpack(answer.planned_state.msgpack) as TerraformObject,
      private: answer.planned_private,
      replacing: new Set(replacing),
    };
  }

  /** Creates or updates. `failure` beside a state: the object exists, but is not what was planned. */
  async apply(
    prior: StoredState | null,
    plan: Plan,
    config: TerraformObject,
  ): Promise<{ state: StoredState | null; failure: string | undefined }> {
    const answer = await this.call<{ new_state: Packed | null; private: Uint8Array }>("ApplyResourceChange", {
      type_name: this.typeName,
      prior_state: packed(prior?.value ?? null),
      planned_state: packed(plan.planned),
      config: packed(config),
      planned_private: plan.private,
    });
    const value = answer.new_state ? (unpack(answer.new_state.msgpack) as TerraformObject | null) : null;
    return { state: value && { value, private: answer.private }, failure: problem(answer.diagnostics) };
  }

  async destroy(prior: StoredState): Promise<void> {
    await this.succeed("ApplyResourceChange", {
      type_name: this.typeName,
      prior_state: packed(prior.value),
      planned_state: packed(null),
      config: packed(null),
      planned_private: prior.private,
    });
  }

  /** The live object; undefined where it is gone. */
  async read(state: StoredState): Promise<StoredState | undefined> {
    const answer = await this.succeed<{ new_state: Packed; private: Uint8Array }>("ReadResource", {
      type_name: this.typeName,
      current_state: packed(state.value),
      private: state.private,
      client_capabilities: capabilities,
    });
    const value = unpack(answer.new_state.msgpack) as TerraformObject | null;
    return value ? { value, private: answer.private } : undefined;
  }

  async import(id: string): Promise<StoredState | undefined> {
    const answer = await this.succeed<{ imported_resources: { state: Packed; private: Uint8Array }[] }>(
      "ImportResourceState",
      { type_name: this.typeName, id, client_capabilities: capabilities },
    );
    const imported = answer.imported_resources[0];
    if (!imported) return undefined;
    return this.read({ value: unpack(imported.state.msgpack) as TerraformObject, private: imported.private });
  }

  /** The Pulumi name of the top-level field that a path leads into. */
  private property(path: AttributePath | null): string {
    const name = path?.steps[0]?.attribute_name;
    return this.schema.fields.find((field) => field.name === name)?.property ?? "";
  }

  private call<Answer extends object>(method: string, request: object) {
    return this.terraform.call<Answer & { diagnostics: Diagnostic[] }>(method, request);
  }

  private async succeed<Answer extends object>(method: string, request: object): Promise<Answer> {
    const answer = await this.call<Answer>(method, request);
    const failure = problem(answer.diagnostics);
    if (failure) throw new Error(failure);
    return answer;
  }
}

function packed(value: TerraformObject | null): Packed {
  return { msgpack: pack(value) };
}

/** The id of an object: resource types of the newer provider framework may have no attribute `id`. */
export function idOf(value: TerraformObject): string {
  const id = [value.id, value.arn, value.name].find((candidate) => candidate !== undefined && candidate !== null);
  return id === unknown || id === undefined ? "" : String(id);
}
