import type { Fault, WorkspaceSpec } from "../backend";
import type { PrincipalArgs } from "../principals";
import { roleNames } from "../roles";
import { listOfRole } from "../workspaceSpec";
import { noAccessEntries } from "./accessEntry";
import { bindingsOf } from "./iam";
import { roleMakerFaults } from "./sharing";

/** What is wrong with a workspace's plain arguments by Google's rules, before anything is created. */
export function workspaceFaults(spec: WorkspaceSpec): Fault[] {
  const ofPrincipals = principalFaults(spec);
  return [
    ...uselessArguments(spec),
    ...ofPrincipals,
    ...repeatedMembers(spec),
    // Bindings are of members, which principals of AWS are not.
    ...(ofPrincipals.length > 0 ? [] : limitFaults(spec)),
    ...roleMakerFaults(spec),
  ];
}

/** Arguments that Google Cloud has no use for, and what takes their place. */
const useless: Record<string, string> = {
  existingRoles: "are roles of AWS IAM, and the workspace is on Google Cloud: give the principals under roles",
  sessionHours: "are of roles of AWS, and Google Cloud has no such sessions: a principal ends with until",
  deployers:
    "are named nowhere on Google Cloud: make a custom role of the output deployerPolicy and bind it to whoever runs pulumi up",
  breakGlass:
    "is named nowhere on Google Cloud: make a custom role of the output breakGlassPolicy and bind it in the emergency",
  listing: "is of AWS: on Google Cloud, gcp.sharing says who lists",
  memberKms: "is of AWS: on Google Cloud nobody needs a right on a key to write or read a secret",
  rotator: "is of AWS: Google Cloud runs no rotation functions, gcp.rotationReminder of a secret sends a message",
  adopt: "is of AWS: on Google Cloud, declare the secret under the workspace's names and put its value there",
  importKeys:
    "are keys of AWS: a workspace on Google Cloud has no key of its own, gcp.kmsKeyName of a secret names one",
  tags: "go on nothing of a workspace on Google Cloud, since neither roles nor bindings have labels: give them to the secrets",
};

function uselessArguments({ given, accessEntries }: WorkspaceSpec): Fault[] {
  const faults = Object.entries(useless)
    .filter(([argument]) => given.includes(argument))
    .map(([argument, message]): Fault => ({ path: [argument], message }));
  if (accessEntries === undefined) return faults;
  return [...faults, { path: ["kubernetes", "accessEntries"], message: noAccessEntries }];
}

const ofAws = ["arn", "arnPattern", "oidc", "saml"] as const;

function principalFaults(spec: WorkspaceSpec): Fault[] {
  return ofEachPrincipal(spec, (principal) => {
    const kind = ofAws.find((key) => principal[key] !== undefined);
    return kind === undefined
      ? []
      : [{ path: [kind], message: "is a principal of AWS, and the workspace is on Google Cloud: give gcp" }];
  });
}

/** IAM has one binding of a role, a member and a condition: two resources would take it from each other. */
function repeatedMembers(spec: WorkspaceSpec): Fault[] {
  return ofEachPrincipal(spec, ({ gcp }, before) =>
    gcp !== undefined && before.some((other) => other.gcp === gcp)
      ? [{ path: ["gcp"], message: "has the role already: name it once" }]
      : [],
  );
}

/** Of the bindings of one project: https://docs.cloud.google.com/iam/quotas#limits */
const mostPrincipals = 1_500;
const mostGroups = 250;

/** The workspace's own count: what others bind in the project comes on top, and Google tells. */
function limitFaults(spec: WorkspaceSpec): Fault[] {
  const members = bindingsOf(spec).map(({ member }) => member);
  const groups = new Set(members.filter((member) => member.startsWith("group:"))).size;
  const faults: [boolean, string][] = [
    [
      members.length > mostPrincipals,
      `make ${members.length} bindings, and a project takes ${mostPrincipals}: name groups`,
    ],
    [groups > mostGroups, `name ${groups} groups, and a project takes ${mostGroups}: put groups into one`],
  ];
  return faults.flatMap(([isOne, message]) => (isOne ? [{ path: ["roles"], message }] : []));
}

/** The faults of each principal, with its place in front. */
function ofEachPrincipal(
  { roles }: WorkspaceSpec,
  faultsOf: (principal: PrincipalArgs, before: readonly PrincipalArgs[]) => Fault[],
): Fault[] {
  return roleNames.flatMap((role) =>
    roles[role].flatMap((principal, index) =>
      faultsOf(principal, roles[role].slice(0, index)).map(({ path, message }) => ({
        path: ["roles", listOfRole[role], index, ...path],
        message,
      })),
    ),
  );
}
