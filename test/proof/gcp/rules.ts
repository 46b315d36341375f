import type { Decision } from "./decide";

/** Of the project itself, and of secrets and versions. */
const looking = "projects.get secrets.list locations.get locations.list";
const viewing = "secrets.get versions.get versions.list";
const writing = "secrets.update secrets.delete versions.add versions.enable versions.disable versions.destroy";
const reading = "versions.access secrets.getIamPolicy secrets.rotate";
const owning =
  "secrets.setIamPolicy secrets.createTagBinding secrets.deleteTagBinding secrets.listTagBindings secrets.listEffectiveTags " +
  "secrets.enableManagedRotation secrets.backup";
const running = "projects.list backups.* operations.*";

const everyRole = "viewer member admin contractor owner";
const writers = "member admin contractor owner";
const readers = "admin contractor owner";
const alone = "sharing=none project=own";
const ofOwn = "sharing=strict|open project=own secret=own at=global|home";

/** Of those who have Google's own roles in the project. */
const seeing = "secrets.getIamPolicy secrets.listTagBindings secrets.listEffectiveTags projects.list";
const changing = `secrets.create ${writing} secrets.rotate secrets.enableManagedRotation`;
const project = "projects.get projects.list";
const basic = "basic-owner basic-editor basic-viewer";
const sharing = "secrets.setIamPolicy projects.setIamPolicy serviceAccounts.setIamPolicy";
const acting = "serviceAccounts.actAs serviceAccountKeys.create";

/**
 * Who may do what: the whole of it. A request is allowed if a rule allows it and no rule denies it. The words of the last
 * column are those of facts.ts; in front of a permission, its service is left out.
 */
// biome-ignore format: a table
export const rules: readonly Rule[] = [
  // effect  who                                      what                                                    where
  ["Allow", everyRole,                               `${looking} ${viewing}`,                                alone],
  ["Allow", writers,                                 `secrets.create ${writing}`,                            alone],
  ["Allow", readers,                                 reading,                                                alone],
  ["Allow", "owner",                                 `${owning} ${running}`,                                 alone],

  ["Allow", everyRole,                               viewing,                                                ofOwn],
  ["Allow", writers,                                 writing,                                                ofOwn],
  ["Allow", readers,                                 reading,                                                ofOwn],
  ["Allow", "owner",                                 owning,                                                 ofOwn],
  ["Allow", everyRole,                               "projects.get secrets.list",                            "sharing=open project=own"],
  ["Allow", writers,                                 "secrets.create",                                       "sharing=open project=own"],

  ["Allow", "workload service",                      "versions.access",                                      "project=own bound=yes"],

  ["Allow", basic,                                   `${looking} ${viewing} ${seeing}`,                      "project=own"],
  ["Allow", "basic-owner basic-editor",              `${changing} ${acting}`,                                "project=own"],
  ["Allow", "basic-owner",                           `versions.access ${sharing} roles.create roles.update`, "project=own"],
  ["Allow", "basic-owner",                           "secrets.createTagBinding secrets.deleteTagBinding",    "project=own"],
  ["Allow", "predefined-admin",                      `${looking} ${viewing} ${changing} versions.access`,    "project=own"],
  ["Allow", "predefined-admin",                      `${seeing} ${owning} ${running}`,                       "project=own"],
  ["Allow", "predefined-editor predefined-viewer",   `${looking} ${viewing} ${seeing}`,                      "project=own"],
  ["Allow", "predefined-editor",                     changing,                                               "project=own"],
  ["Allow", "predefined-accessor",                   `${project} versions.access`,                           "project=own"],
  ["Allow", "predefined-versionAdder",               `${project} versions.add secrets.rotate`,               "project=own"],
  ["Allow", "predefined-versionManager",             `${project} versions.add secrets.rotate`,               "project=own"],
  ["Allow", "predefined-versionManager",             "versions.get versions.list versions.enable",           "project=own"],
  ["Allow", "predefined-versionManager",             "versions.disable versions.destroy",                    "project=own"],
  ["Allow", "securityAdmin",                         "projects.list locations.list secrets.list",            "project=own"],
  ["Allow", "securityAdmin",                         `versions.list secrets.getIamPolicy ${sharing}`,        "project=own"],

  ["Deny",  "contractor",                            "*",                                                    "ended=yes"],
  ["Deny",  "everybody",                             "versions.access secrets.setIamPolicy",                 "lock=yes excepted=no"],
  ["Deny",  "viewer member",                         "versions.access",                                      "lock=yes"],
  ["Deny",  "viewer member admin contractor",        "secrets.setIamPolicy",                                 "lock=yes"],
  ["Deny",  "workload service",                      "secrets.setIamPolicy",                                 "lock=yes"],
];

export type Rule = readonly [effect: Decision, who: string, what: string, where: string];
