import { IAMClient, paginateListRoles } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient, paginateListAliases, paginateListKeys } from "@aws-sdk/client-kms";
import { rolePath } from "../../components/aws/iam";
import { keyAlias } from "../../components/aws/keys";
import type { Site } from "./site";

/** A kind of thing that a run makes. */
interface Kind {
  what: string;
  find(): Promise<string[]>;
  /** How to remove one, and how to look for them where AWS does not tell us. */
  removal(id: string): string[];
  search: string;
}

/** What is still there after all was removed, as the commands that remove it. */
export async function commandsForRest(site: Site, secretNames: readonly string[]): Promise<string[]> {
  const found = await Promise.all(kindsOf(site, secretNames).map(commandsOf));
  return [...found.flat(), ...site.commands];
}

async function commandsOf({ what, find, removal, search }: Kind): Promise<string[]> {
  try {
    return (await find()).flatMap(removal);
  } catch (error) {
    return [`# no answer whether ${what} are left (${(error as Error).name}): ${search}`];
  }
}

function kindsOf({ region, run, names, caller, cli }: Site, secretNames: readonly string[]): Kind[] {
  const config = { region, credentials: caller.credentials };
  const iam = new IAMClient(config);
  const kms = new KMSClient(config);
  const workspaces = Object.values(names);
  return [
    {
      what: "secrets",
      find: async () => [...secretNames],
      removal: (name) => [
        `${cli} secretsmanager delete-secret --region ${region} --force-delete-without-recovery --secret-id ${name}`,
      ],
      search: `${cli} secretsmanager list-secrets --region ${region} --filters Key=name,Values=vantedge/${run}`,
    },
    {
      what: "roles",
      find: async () => {
        const roles = await all(paginateListRoles({ client: iam }, { PathPrefix: "/vantedge/" }), "Roles");
        return roles
          .filter(({ Path }) => workspaces.map(rolePath).includes(Path as string))
          .map(({ RoleName }) => RoleName as string);
      },
      removal: (name) => [
        `${cli} iam delete-role-policy --role-name ${name} --policy-name access`,
        `${cli} iam delete-role-policy --role-name ${name} --policy-name isolation`,
        `${cli} iam delete-role --role-name ${name}`,
      ],
      search: `${cli} iam list-roles --path-prefix /vantedge/`,
    },
    {
      what: "aliases of keys",
      find: async () => {
        const aliases = await all(paginateListAliases({ client: kms }, {}), "Aliases");
        const own = workspaces.map(keyAlias);
        return aliases.map(({ AliasName }) => AliasName as string).filter((name) => own.includes(name));
      },
      removal: (name) => [`${cli} kms delete-alias --region ${region} --alias-name ${name}`],
      search: `${cli} kms list-aliases --region ${region}`,
    },
    {
      what: "keys",
      find: async () => {
        const keys = await all(paginateListKeys({ client: kms }, {}), "Keys");
        const own: string[] = [];
        for (const { KeyArn: KeyId } of keys) {
          // A key that may not be described is somebody else's.
          const { KeyMetadata: key } = await kms
            .send(new DescribeKeyCommand({ KeyId }))
            .catch(() => ({ KeyMetadata: undefined }));
          const isOurs = workspaces.some((name) => key?.Description === `Secrets of workspace ${name}`);
          if (isOurs && key?.DeletionDate === undefined) own.push(KeyId as string);
        }
        return own;
      },
      removal: (arn) => [
        `${cli} kms schedule-key-deletion --region ${region} --pending-window-in-days 7 --key-id ${arn}`,
      ],
      search: `${cli} kms list-keys --region ${region}`,
    },
  ];
}

async function all<Key extends string, Item>(pages: AsyncIterable<{ [K in Key]?: Item[] }>, key: Key): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(page[key] ?? []));
  return items;
}
