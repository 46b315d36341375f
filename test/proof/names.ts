import fc from "fast-check";
import { isSecretName, isWorkspaceName } from "../../components/names";

const name = fc.stringMatching(/^[a-z0-9](-?[a-z0-9]){0,14}$/);
const letter = fc.stringMatching(/^[a-z0-9]$/);

/** Two names, of which one often looks like the other: its beginning, its end, or a letter of it. */
export const twoNames = fc
  .tuple(name, fc.oneof(letter, name), fc.constantFrom("other", "longer", "hyphen", "before", "letter"))
  .map(([one, more, likeness]): [string, string] => {
    const alike = {
      other: more,
      longer: one + more,
      hyphen: `${one}-${more}`,
      before: more + one,
      letter: one.slice(0, 1),
    };
    return [one, alike[likeness as keyof typeof alike]];
  })
  .filter(([one, other]) => one !== other && isWorkspaceName(one) && isWorkspaceName(other))
  .chain(([one, other]) => fc.constantFrom<[string, string]>([one, other], [other, one]));

/** Names of secrets, some of which look as if a workspace's name or the ending of an ARN were in them. */
export const secretNames = fc
  .tuple(fc.oneof(name, letter), fc.constantFrom("", "-secret", "-abcdef", "-production"))
  .map(([start, end]) => start + end)
  .filter(isSecretName);
