import { filledTemplate, goTemplate, templateFields, templateProblem } from "../../../components/binding/template";

const fields = { user: "ann", password: "p@ss w+rd/'%", "api-key": 'k"1' };

test.each([
  ["{{user}}", '{{ index . "user" }}', "ann"],
  [
    "postgres://{{user}}:{{ password | uri }}@db:5432/app",
    'postgres://{{ index . "user" }}:{{ index . "password" | urlquery | replace "+" "%20" }}@db:5432/app',
    "postgres://ann:p%40ss%20w%2Brd%2F%27%25@db:5432/app",
  ],
  ['{"k":{{api-key|json}}}', '{"k":{{ index . "api-key" | toJson }}}', '{"k":"k\\"1"}'],
  ["Basic {{user | base64}}", 'Basic {{ index . "user" | b64enc }}', "Basic YW5u"],
  ["{{{user}}}", '{{ "{" }}{{ index . "user" }}}', "{ann}"],
  ["a }} b {{user}}", 'a }} b {{ index . "user" }}', "a }} b ann"],
])("%s", (template, go, filled) => {
  expect(templateProblem(template)).toBeUndefined();
  expect(goTemplate(template)).toBe(go);
  expect(filledTemplate(template, fields)).toBe(filled);
});

test("the fields of a template are each named once", () => {
  expect(templateFields("{{b}} {{a | uri}} {{b|json}}")).toEqual(["b", "a"]);
});

const unread = "{{ must be followed by a field's name and }}, with | and one of uri, json, base64 between them at most";
test.each([
  ["no field", "has no {{field}} in it: write the text into the workload"],
  ["{{ .user }}", unread],
  ["{{user | sha256sum}}", unread],
  ["{{user}} {{", unread],
  ["{{}}", unread],
])("refused: %s", (template, problem) => {
  expect(templateProblem(template)).toBe(problem);
});
