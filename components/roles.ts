/**
 * The role matrix: who may do what with the secrets of a workspace. The only place where a role's rights are written;
 * every cloud's documents are computed from it. The first five columns are the product page's, the last three are what
 * an owner has beyond it.
 */
export const roleMatrix = {
  viewer: {
    create: false,
    list: true,
    retrieve: false,
    update: false,
    delete: false,
    resourcePolicy: false,
    rotation: false,
    forceDelete: false,
  },
  member: {
    create: true,
    list: true,
    retrieve: false,
    update: true,
    delete: true,
    resourcePolicy: false,
    rotation: false,
    forceDelete: false,
  },
  admin: {
    create: true,
    list: true,
    retrieve: true,
    update: true,
    delete: true,
    resourcePolicy: false,
    rotation: false,
    forceDelete: false,
  },
  owner: {
    create: true,
    list: true,
    retrieve: true,
    update: true,
    delete: true,
    resourcePolicy: true,
    rotation: true,
    forceDelete: true,
  },
} as const;

export type RoleName = keyof typeof roleMatrix;
export type Permission = keyof (typeof roleMatrix)[RoleName];

/** Fewest rights first. */
export const roleNames: readonly RoleName[] = ["viewer", "member", "admin", "owner"];

/** The columns of the matrix in order. */
export const permissions: readonly Permission[] = [
  "create",
  "list",
  "retrieve",
  "update",
  "delete",
  "resourcePolicy",
  "rotation",
  "forceDelete",
];

export function allows(role: RoleName, permission: Permission): boolean {
  return roleMatrix[role][permission];
}

/** What a role may do, in the order of the matrix. */
export function permissionsOf(role: RoleName): Permission[] {
  return permissions.filter((permission) => allows(role, permission));
}
