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

/**
 * Who may do what: the whole of it. A request is allowed if a rule allows it and no rule denies it. The words of the last
 * column are those of facts.ts. What a column calls secrets.get is secretmanager.secrets.get.
 */
// biome-ignore format: a table
export const rules: readonly Rule[] = [
  // effect  who                        what                            where
  ["Allow", everyRole,                 `${looking} ${viewing}`,        alone],
  ["Allow", writers,                   `secrets.create ${writing}`,    alone],
  ["Allow", readers,                   reading,                        alone],
  ["Allow", "owner",                   `${owning} ${running}`,         alone],

  ["Allow", everyRole,                 viewing,                        ofOwn],
  ["Allow", writers,                   writing,                        ofOwn],
  ["Allow", readers,                   reading,                        ofOwn],
  ["Allow", "owner",                   owning,                         ofOwn],
  ["Allow", everyRole,                 "projects.get secrets.list",    "sharing=open project=own"],
  ["Allow", writers,                   "secrets.create",               "sharing=open project=own"],

  ["Allow", "workload service",        "versions.access",              "project=own bound=yes"],

  ["Allow", "basic-owner basic-editor basic-viewer",           "projects.get projects.list locations.* secrets.get secrets.list",                  "project=own"],
  ["Allow", "basic-owner basic-editor basic-viewer",           "versions.get versions.list secrets.getIamPolicy",                                  "project=own"],
  ["Allow", "basic-owner basic-editor basic-viewer",           "secrets.listTagBindings secrets.listEffectiveTags",                                "project=own"],
  ["Allow", "basic-owner basic-editor",                        `secrets.create ${writing} secrets.rotate secrets.enableManagedRotation`,           "project=own"],
  ["Allow", "basic-owner",                                     "versions.access secrets.setIamPolicy secrets.createTagBinding",                    "project=own"],
  ["Allow", "basic-owner",                                     "secrets.deleteTagBinding",                                                         "project=own"],
  ["Allow", "predefined-admin",                                "*",                                                                                "project=own"],
  ["Allow", "predefined-editor predefined-viewer",             `${looking} ${viewing} projects.list secrets.getIamPolicy`,                         "project=own"],
  ["Allow", "predefined-editor predefined-viewer",             "secrets.listTagBindings secrets.listEffectiveTags",                                "project=own"],
  ["Allow", "predefined-editor",                               `secrets.create ${writing} secrets.rotate secrets.enableManagedRotation`,           "project=own"],
  ["Allow", "predefined-accessor",                             "projects.* versions.access",                                                       "project=own"],
  ["Allow", "predefined-versionAdder",                         "projects.* versions.add secrets.rotate",                                           "project=own"],
  ["Allow", "predefined-versionManager",                       "projects.* versions.add versions.get versions.list secrets.rotate",                "project=own"],
  ["Allow", "predefined-versionManager",                       "versions.enable versions.disable versions.destroy",                                "project=own"],
  ["Allow", "securityAdmin",                                   "projects.list locations.list secrets.list versions.list",                          "project=own"],
  ["Allow", "securityAdmin",                                   "secrets.getIamPolicy secrets.setIamPolicy",                                        "project=own"],

  ["Deny",  "contractor",              "*",                            "ended=yes"],
  ["Deny",  "everybody",               "versions.access",              "lock=yes excepted=no"],
  ["Deny",  "viewer member",           "versions.access",              "lock=yes"],
  ["Deny",  "everybody",               "secrets.setIamPolicy",         "lock=yes excepted=no"],
  ["Deny",  "viewer member admin contractor workload service", "secrets.setIamPolicy", "lock=yes"],
];

export type Rule = readonly [effect: Decision, who: string, what: string, where: string];
