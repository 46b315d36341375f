import { Workspace } from "../../../index";
import { askedOutsideOfJest, json, serveClusters, status } from "../../support/fakeClusters";
import { production } from "../../support/fixtures";
import { rolesChangedByOthers, run } from "../../support/mocks";

const question = { namespace: "apps", workspace: "production" };
const ours = "pulumi-kubernetes-1a2b3c4d";

/** An object that the API server knows the writers of, by the lists that each wrote. */
const object = (name: string, writers: Record<string, string[]>) => ({
  metadata: {
    name,
    namespace: "apps",
    managedFields: Object.entries(writers).map(([manager, lists]) => ({
      manager,
      fieldsV1: { "f:metadata": {}, ...Object.fromEntries(lists.map((list) => [`f:${list}`, {}])) },
    })),
  },
});
const served = (roles: object[], bindings: object[]) => (url: string) =>
  json({ items: url.includes("/rolebindings") ? bindings : roles });

const told = (list: string, kind: string, name: string, writers: string) =>
  `${writers} changed the ${list} of ${kind} apps/${name}, and pulumi refresh may not show it: to take it back, run "kubectl delete ${kind.toLowerCase()} ${name} --namespace apps" and "pulumi up --refresh"`;

test("tells which Roles and RoleBindings somebody else wrote since Pulumi did, and how to take it back", async () => {
  const fake = await serveClusters({
    ours: served(
      [object("vantedge-viewer", { [ours]: ["rules"] })],
      [object("vantedge-viewer", { [ours]: ["subjects"] })],
    ),
    changed: served(
      [
        object("vantedge-viewer", { [ours]: [], "kubectl-patch": ["rules"] }),
        object("agent-values", { [ours]: ["rules"] }),
      ],
      [object("vantedge-admin", { [ours]: [], "kubectl-edit": ["subjects"], console: ["subjects"] })],
    ),
    labelled: served([object("vantedge-viewer", { [ours]: ["rules"], "kubectl-label": [] })], []),
    alike: served([object("vantedge-viewer", { [ours]: ["rules"], argocd: ["rules"] })], []),
    forbidden: () => status(403),
    broken: () => status(500),
  });
  try {
    const contexts = ["ours", "changed", "labelled", "alike", "forbidden", "broken", "gone"];
    const places = contexts.map((context) => ({ args: [{ kubeconfig: fake.kubeconfig, context }, question] }));
    const results = await askedOutsideOfJest(
      "rolesChangedByOthers",
      [...places, { args: [{ kubeconfig: "/nowhere" }, question] }],
      { HOME: fake.folder },
    );
    const changed = [
      told("rules", "Role", "vantedge-viewer", "kubectl-patch"),
      told("subjects", "RoleBinding", "vantedge-admin", "kubectl-edit and console"),
    ];
    expect(results).toEqual([[], changed, [], [], [], [], [], []]);
    const path = "/apis/rbac.authorization.k8s.io/v1/namespaces/apps";
    const selected = "labelSelector=vantedge.run/workspace=production";
    expect(fake.asked.filter((line) => line.startsWith("ours ")).sort()).toEqual([
      `ours ${path}/rolebindings?${selected}`,
      `ours ${path}/roles?${selected}`,
    ]);
  } finally {
    await fake.stop();
  }
}, 30_000);

describe("a Workspace", () => {
  const logs = async (args: Partial<ConstructorParameters<typeof Workspace>[1]>) =>
    (await run(() => void new Workspace("production", { ...production, ...args }))).logs;

  test("says it of its namespace", async () => {
    rolesChangedByOthers.mockResolvedValue(["kubectl-patch changed the rules of Role apps/vantedge-viewer"]);
    expect(await logs({ kubernetes: { namespace: "apps" } })).toContain(
      'warning: [runtime] Workspace "production": kubectl-patch changed the rules of Role apps/vantedge-viewer.',
    );
    expect(rolesChangedByOthers.mock.calls).toEqual([[{}, question]]);
  });

  test("asks nothing where it makes no Roles", async () => {
    await logs({});
    expect(rolesChangedByOthers).not.toHaveBeenCalled();
  });
});
