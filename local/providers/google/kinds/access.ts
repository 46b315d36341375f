import { bodyOf, known } from "../../../google/refusals";
import type { Inputs } from "../../../google/requests";
import type { GoogleApi } from "../api";
import { notFound } from "../errors";
import { type Policy, type Resource } from "../state";
import { changePolicy, placeIn, policyOf } from "./grants";
import { callToCreate, familyOf, ifThere, type Kind, requestOf } from "./kind";

/** A custom role, of a project or of an organization. One that was deleted is taken back. */
export function customRole(type: string): Kind {
  const family = familyOf(type);
  const update = (api: GoogleApi, name: string, inputs: Inputs) => {
    const { role } = bodyOf(type, known(inputs) as Inputs) as { role: Resource };
    return api.call(`${family}.patch`, { name, updateMask: Object.keys(role).join(",") }, role);
  };
  return {
    immutable: ["project", "orgId", "roleId"],
    computed: ["name", "deleted"],
    create(api, inputs) {
      const name = `${requestOf(type).parameters(known(inputs) as Inputs).parent}/roles/${inputs.roleId}`;
      const existing = ifThere(() => api.call(`${family}.get`, { name }));
      if (existing === undefined) callToCreate(api, type, inputs);
      else if (existing.deleted === true) {
        api.call(`${family}.undelete`, { name });
        update(api, name, inputs);
      } else throw new Error(`Custom role ${name} already exists and must be imported`);
      return { id: name, outputs: { name, deleted: false } };
    },
    read(api, id) {
      if (api.call(`${family}.get`, { name: id }).deleted === true) throw notFound(id);
      return { name: id, deleted: false };
    },
    update: (api, id, inputs) => {
      update(api, id, inputs);
    },
    remove: (api, id) => {
      api.call(`${family}.delete`, { name: id });
    },
  };
}

type AuditConfig = NonNullable<Policy["auditConfigs"]>[number];

/** What is logged of one service, among the audit settings of the project. */
export function auditConfig(type: string): Kind {
  const placeOf = (inputs: Inputs) => placeIn(type, requestOf(type).parameters(known(inputs) as Inputs));
  const put = (api: GoogleApi, inputs: Inputs, own: AuditConfig[]) =>
    changePolicy(api, type, placeOf(inputs), (policy) => ({
      ...policy,
      auditConfigs: [...(policy.auditConfigs ?? []).filter(({ service }) => service !== inputs.service), ...own],
    }));
  const config = (inputs: Inputs) => {
    const { service, auditLogConfigs } = known(inputs) as unknown as AuditConfig;
    return [{ service, auditLogConfigs }] as AuditConfig[];
  };
  return {
    immutable: ["project", "service"],
    computed: ["etag"],
    create(api, inputs) {
      const { etag } = put(api, inputs, config(inputs));
      return { id: `${placeOf(inputs)}/audit_config/${inputs.service}`, outputs: { etag: etag as string } };
    },
    read(api, id, inputs) {
      const { auditConfigs = [], etag } = policyOf(api, type, placeOf(inputs));
      if (!auditConfigs.some(({ service }) => service === inputs.service)) throw notFound(id);
      return { etag: etag as string };
    },
    update: (api, _, inputs) => {
      put(api, inputs, config(inputs));
    },
    remove: (api, _, inputs) => {
      put(api, inputs, []);
    },
  };
}

/** The account of a service in a project: it is made when it is asked for, and stays. */
export function serviceIdentity(type: string): Kind {
  return {
    immutable: ["project", "service"],
    computed: ["email", "member"],
    create(api, inputs) {
      const { response } = callToCreate(api, type, inputs) as { response: { email: string } };
      const id = `projects/${inputs.project}/services/${inputs.service}`;
      return { id, outputs: { email: response.email, member: `serviceAccount:${response.email}` } };
    },
    read: (_, __, ___, outputs) => outputs,
    remove: () => {},
  };
}
