import { type Clause, conditionMutants } from "./conditionMutants";
import { permissions } from "./permissions";
import type { Binding, Denial, DenyRule, Recorded } from "./recorded";
import { besideStrangers, type Row, type Stage } from "./rows";
import { membersOf } from "./world";

/** What is recorded, with one fault in it. */
export interface Mutant {
  name: string;
  recorded: Recorded;
  /** Whether the fault could be told by a row. */
  concerns(row: Row): boolean;
}

const everybody = "allAuthenticatedUsers";
const anyone = "principalSet://goog/public:all";

/** Each fault in a binding of the first workspace, and in a condition of one. */
export function bindingMutants(stage: Stage): Mutant[] {
  const { ours, homes } = stage;
  const members = Object.entries(membersOf(homes[0]));
  return ours.bindings.flatMap((binding, index) => {
    const kind = members.find(([, member]) => member === binding.member)?.[0];
    if (kind === undefined) return [];
    const mutant = (fault: string, ...put: Binding[]): Mutant => ({
      name: `${nameOf(binding.role)} of ${kind}: ${fault}`,
      recorded: withOurs(stage, { ...ours, bindings: ours.bindings.toSpliced(index, 1, ...put) }),
      concerns: ({ actor }) => put.some(({ member }) => member === everybody) || actor.members.includes(binding.member),
    });
    return [
      mutant("dropped"),
      mutant("for everybody", { ...binding, member: everybody }),
      mutant("for everybody besides", binding, { ...binding, member: everybody }),
      ...otherRoles(binding, ours).map((role) => mutant(`as ${nameOf(role)}`, { ...binding, role })),
      ...elsewhere(binding).map(([fault, put]) => mutant(fault, put)),
      ...conditionsOf(binding, stage).map(({ fault, expression }) => ({
        ...mutant("", withCondition(binding, expression)),
        // A fault that no decision tells has one reason, whichever binding it is in.
        name: `${/Lister|Creator/.test(binding.role) ? "condition of a right on the project" : "condition of a role"}: ${fault}`,
      })),
    ];
  });
}

function withOurs({ homes }: Stage, ours: Recorded): Recorded {
  return besideStrangers(ours, homes[0].project);
}

function nameOf(role: string): string {
  return role.split("/").at(-1) as string;
}

/** The other roles that the program binds. */
function otherRoles({ role, project }: Binding, { bindings }: Recorded): string[] {
  const bound = bindings.filter((one) => one.project === project).map((one) => one.role);
  return [...new Set([...bound, "roles/secretmanager.admin"])].filter((one) => one !== role);
}

/** What is granted on one secret, granted on others. */
function elsewhere(binding: Binding): [string, Binding][] {
  const { secret, ...onProject } = binding;
  if (secret === undefined) return [];
  const { location, id } = secret;
  const moved = location === undefined ? { location: "europe-west3", id } : { id };
  return [
    ["on the whole project", onProject],
    ["on another secret", { ...binding, secret: { ...secret, id: id.replace("openai", "stripe") } }],
    ["in another place", { ...binding, secret: moved }],
  ];
}

function conditionsOf({ condition }: Binding, { homes }: Stage): Clause[] {
  return condition === undefined ? [] : conditionMutants(condition, homes[0]);
}

function withCondition({ condition: _, ...binding }: Binding, expression: string | undefined): Binding {
  return expression === undefined ? binding : { ...binding, condition: expression };
}

/** Each permission of a custom role dropped, and each other one added. */
export function roleMutants(stage: Stage): Mutant[] {
  const { ours, homes } = stage;
  const ofOthers = homes.slice(1).map(({ project }) => `projects/${project.id}/`);
  const isOwn = (role: string) =>
    role.startsWith(`projects/${homes[0].project.id}/`) || !ofOthers.some((begin) => role.startsWith(begin));
  return Object.entries(ours.roles)
    .filter(([role]) => isOwn(role))
    .flatMap(([role, list]) =>
      permissions.map((permission) => {
        const has = list.includes(permission);
        const put = has ? list.filter((one) => one !== permission) : [...list, permission];
        return {
          name: `${nameOf(role)}: ${has ? "without" : "with"} ${permission}`,
          recorded: withOurs(stage, { ...ours, roles: { ...ours.roles, [role]: put } }),
          concerns: ({ request }: Row) => request.permission === permission,
        };
      }),
    );
}

/** Each fault in a deny policy. */
export function denyMutants(stage: Stage): Mutant[] {
  const { ours } = stage;
  return ours.denials.flatMap((denial) => {
    const mutant = (fault: string, ...denials: Denial[]): Mutant => ({
      name: `deny policy: ${fault}`,
      recorded: withOurs(stage, { ...ours, denials }),
      concerns: ({ request }) => /versions\.(access|get)$|setIamPolicy$/.test(request.permission),
    });
    const rules = denial.rules.flatMap((rule, index) =>
      ruleFaults(rule, denial.rules).map(([fault, ...put]) =>
        mutant(`${rule.permissions}: ${fault}`, { ...denial, rules: denial.rules.toSpliced(index, 1, ...put) }),
      ),
    );
    return [mutant("dropped"), mutant("of another project", { ...denial, project: "another-project" }), ...rules];
  });
}

function ruleFaults(rule: DenyRule, all: readonly DenyRule[]): [string, ...DenyRule[]][] {
  const others = all.flatMap(({ permissions }) => permissions).filter((one) => !rule.permissions.includes(one));
  return [
    ["dropped"],
    ["for nobody", { ...rule, denied: [] }],
    ["for one", { ...rule, denied: ["principal://goog/subject/basic-owner@ai-startup.example"] }],
    ["with everybody excepted", { ...rule, excepted: [...rule.excepted, anyone] }],
    ...rule.excepted.map((dropped): [string, DenyRule] => [
      `without the exception ${dropped}`,
      { ...rule, excepted: rule.excepted.filter((one) => one !== dropped) },
    ]),
    ...[...others, "secretmanager.googleapis.com/versions.get"].map((permission): [string, DenyRule] => [
      `for ${permission}`,
      { ...rule, permissions: [permission] },
    ]),
  ];
}
