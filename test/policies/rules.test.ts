import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readmeFile, renderedReadme } from "../../local/policiesReadme";
import { notDecidable as ofAws } from "../../policies/aws/notDecidable";
import { notDecidable as ofKubernetes } from "../../policies/kubernetes/notDecidable";
import { rules } from "../../policies/rules";

test("each rule has a name of its own, in kebab case", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))).toEqual([]);
});

test("each rule says what it requires and how to mend it, in one line without a full stop", () => {
  const texts = rules.flatMap(({ facts: { requires, mend, opinion = "a" } }) => [requires, mend, opinion]);
  expect(texts.filter((text) => text.length === 0 || text.includes("\n") || text.endsWith("."))).toEqual([]);
});

/** `aws:kms/key:Key` is the class of @pulumi/aws/kms/key, `kubernetes:apps/v1:Deployment` of .../apps/v1/deployment. */
const tokens = [...new Set(rules.flatMap(({ types }) => (types === "all" ? [] : types)))].filter((token) =>
  // Kinds that Kubernetes doesn't bring have dots in their group, and no class.
  /^(aws|gcp|kubernetes:([a-z]+|[a-z]+\.authorization\.k8s\.io)\/v\w+|kubernetes:core\/v1):/.test(token),
);

test.each(tokens)("the SDK has the type %s", (token) => {
  const [provider, place, name] = token.split(":") as [string, string, string];
  const ofKubernetes = `${place.replace(".authorization.k8s.io", "")}/${name[0]?.toLowerCase()}${name.slice(1)}`;
  const file = provider === "kubernetes" ? ofKubernetes : place;
  const folder = path.join(__dirname, "..", "..", "node_modules", "@pulumi", provider);
  // Files of classes that begin with two capitals are in lower case.
  const candidates = [file, file.replace(/\/iAM(.)/, (_, first: string) => `/iam${first.toLowerCase()}`)];
  const found = candidates.map((one) => path.join(folder, `${one}.js`)).find((one) => existsSync(one));
  expect(found === undefined ? `no file for ${token}` : readFileSync(found, "utf8")).toContain(`'${token}'`);
});

test("the README lists the rules as they are: npm run policies:readme writes it", () => {
  expect(readFileSync(readmeFile, "utf8")).toBe(renderedReadme());
});

test.each(["", "strict", "advisory"])("the pack of preset %p has what Pulumi needs", (preset) => {
  const folder = path.join(__dirname, "..", "..", "policies", preset);
  const { main, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const root = JSON.parse(readFileSync(path.join(__dirname, "..", "..", "package.json"), "utf8"));
  expect(version).toBe(root.version);
  const source = path.join(folder, main).replace(`${path.sep}dist${path.sep}`, path.sep).replace(/\.js$/, ".ts");
  expect(existsSync(source)).toBe(true);
  expect(readFileSync(path.join(folder, "PulumiPolicy.yaml"), "utf8")).toContain("typescript: false");
});

/** facts: one row is one check that others publish. */
const rows = readFileSync(path.join(__dirname, "..", "fixtures", "policyChecks.md"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const cells = /^\| (?<number>\d+) \| (?<title>.+?) \| (?<ids>.+) \|$/.exec(line)?.groups;
    return cells === undefined ? [] : [[`${cells.number} ${cells.title}`, idsIn(cells.ids as string)] as const];
  });

/** Ids as their makers write them; `CKV_AZURE_42, _110` are two. */
function idsIn(cell: string): string[] {
  const whole = cell.replaceAll("†", "").replaceAll(/(CKV2?_[A-Z0-9]+)_(\d+(?:, _\d+)+)/g, (_, family, numbers) =>
    (numbers as string)
      .split(", ")
      .map((number) => `${family}_${number.replace("_", "")}`)
      .join(", "),
  );
  const forms = [
    /CKV2?_(?:AWS|GCP|AZURE|K8S)_\d+/g,
    /\b(?:AWS|GCP|AZU)-\d{4}\b|\bK[SC]V-\d+|\bC-\d{4}\b/g,
    /AC_(?:AWS|GCP|AZURE)_\d+/g,
    /AwsSolutions-[A-Z]+\d+/g,
    /\b(?:SecretsManager|KMS|CloudTrail|IAM|ECS)\.\d+\b/g,
    // Prowler's, where they are written out.
    /\b[a-z0-9]+(?:_[a-z0-9]+){3,}\b/g,
  ];
  return [...new Set(forms.flatMap((form) => whole.match(form) ?? []))].filter((id) => !id.startsWith("custom_role"));
}

test("the table of published checks was read", () => {
  expect(rows).toHaveLength(84);
  // These have ids that are words.
  expect(rows.filter(([, ids]) => ids.length === 0).map(([title]) => title.split(" ")[0])).toEqual([
    "7",
    "19",
    "28",
    "61",
    "63",
    "74",
    "80",
    "81",
  ]);
});

const answered = [...rules.flatMap(({ facts }) => facts.ids), ...[...ofAws, ...ofKubernetes].flatMap(({ ids }) => ids)];
const words = new Set(answered.flatMap((id) => id.split(" ")));

test.each(rows)("a rule answers, or it is said why none can: %s", (_, ids) => {
  expect(ids.filter((id) => !words.has(id))).toEqual([]);
});
