import { type KeySource, wholeValue } from "../binding/delivered";
import { goTemplate, templateFields } from "../binding/template";

/** The text of a key, of fields that the operator has taken out of the value. */
export function textOfFields({ field = wholeValue, template }: KeySource): string {
  return goTemplate(template ?? `{{${field}}}`);
}

/**
 * The same of a value that was read once, as it is. A field that is missing fails the sync, and names the field: what
 * Go's templates write otherwise, an empty text or `<no value>`, would reach the workload as if it were the value. Only
 * names are in what fails: the message of a JSON parser would quote the value.
 */
export function textOfValue({ field = wholeValue, template }: KeySource, hasFieldValue: boolean): string {
  const text = template ?? `{{${field}}}`;
  const isField = (name: string) => name !== wholeValue || hasFieldValue;
  const fields = templateFields(text).filter(isField);
  const read = (name: string) => (isField(name) ? leaf(name) : `.${wholeValue}`);
  return (fields.length === 0 ? "" : parsed + fields.map(required).join("")) + goTemplate(text, read);
}

const parsed = `{{ $fields := fromJson .${wholeValue} }}${failing('not (kindIs "map" $fields)', "the value is not made of fields")}`;

/** JSON's numbers are read as floating ones, in which more digits would become others. */
const mostExact = `${Number.MAX_SAFE_INTEGER}.0`;

function required(field: string): string {
  const name = JSON.stringify(field);
  const value = `(index $fields ${name})`;
  const isInexact = `and (kindIs "float64" ${value}) (or (gt ${value} ${mostExact}) (lt ${value} -${mostExact}))`;
  return (
    failing(`not (hasKey $fields ${name})`, `the value has no field ${field}`) +
    failing(isInexact, `field ${field} is a number with too many digits: make it a text`)
  );
}

function failing(condition: string, message: string): string {
  return `{{ if ${condition} }}{{ fail ${JSON.stringify(message)} }}{{ end }}`;
}

/** Texts as they are, anything else as JSON, with its &, < and >: as External Secrets takes a property out. */
function leaf(field: string): string {
  const value = `(index $fields ${JSON.stringify(field)})`;
  return `(ternary ${value} (toRawJson ${value}) (kindIs "string" ${value}))`;
}
