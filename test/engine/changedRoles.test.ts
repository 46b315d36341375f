import { kubernetes } from "./support/kubernetes";
import { Project } from "./support/project";

/** The published provider and ours see of a list what the program gives, and nothing that somebody appends. */
const namespace = "changed-roles";
const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
const project = () =>
  Project.ofProgram(
    namespace,
    `
const { Workspace } = require("vantedge-secrets");
new Workspace("${namespace}", {
  organization: "Acme",
  aws: { region: "us-east-1", accountId: "111122223333" },
  roles: { viewers: [{ arn: "arn:aws:iam::111122223333:role/auditors" }] },
  kubernetes: { namespace: "${namespace}" },
});
`,
  );

interface Role {
  rules: { verbs: string[] }[];
}
interface RoleBinding {
  subjects: { name: string }[];
}
const role = async () => (await kubernetes("GET", `${rbac}/roles/vantedge-viewer`)).body as Role;
const binding = async () => (await kubernetes("GET", `${rbac}/rolebindings/vantedge-viewer`)).body as RoleBinding;

/** As "kubectl patch --type=json" does. */
async function append(kind: string, path: string, value: unknown): Promise<void> {
  const headers = { "content-type": "application/json-patch+json", "user-agent": "kubectl-patch" };
  const body = [{ op: "add", path, value }];
  expect((await kubernetes("PATCH", `${rbac}/${kind}/vantedge-viewer`, body, headers)).status).toBe(200);
}

test("a subject or a verb that somebody appends is said by the next up, with the way to take it back", async () => {
  const workspace = await project();
  try {
    expect(await workspace.up()).toMatchObject({ exitCode: 0, warnings: [] });
    const [made, bound] = [await role(), await binding()];
    const everybody = { kind: "Group", name: "everybody", apiGroup: "rbac.authorization.k8s.io" };
    await append("rolebindings", "/subjects/-", everybody);
    await append("roles", "/rules/0/verbs/-", "delete");

    expect((await workspace.refresh()).changes).toEqual({ same: expect.any(Number) });
    const told = (kind: string, list: string) =>
      `Workspace "${namespace}": kubectl-patch changed the ${list} of ${kind} ${namespace}/vantedge-viewer, and pulumi refresh may not show it: to take it back, run "kubectl delete ${kind.toLowerCase()} vantedge-viewer --namespace ${namespace}" and "pulumi up --refresh".`;
    const warnings = [told("Role", "rules"), told("RoleBinding", "subjects")];
    expect(await workspace.preview()).toMatchObject({ exitCode: 0, warnings });
    expect(await workspace.up()).toMatchObject({ exitCode: 0, steps: [], warnings });
    expect((await binding()).subjects).toContainEqual(everybody);

    for (const kind of ["roles", "rolebindings"]) await kubernetes("DELETE", `${rbac}/${kind}/vantedge-viewer`);
    await workspace.refresh();
    expect(await workspace.up()).toMatchObject({ exitCode: 0, warnings: [] });
    expect([(await role()).rules, (await binding()).subjects]).toEqual([made.rules, bound.subjects]);
  } finally {
    await workspace.end();
  }
});
