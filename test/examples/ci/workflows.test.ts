import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { canary } from "../../support/fixtures";

const folder = path.join(__dirname, "..", "..", "..", "examples", "ci");
const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
const githubText = read(".github/workflows/vantedge.yml");
const gitlabText = read(".gitlab-ci.yml");

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface GitHubJob {
  if: string;
  environment?: string;
  permissions: Record<string, string>;
  concurrency: { group: string; "cancel-in-progress": boolean };
  steps: Step[];
}

interface GitLabJob {
  extends: string;
  rules: { if: string }[];
  environment?: string;
  resource_group?: string;
  interruptible: boolean;
  variables: Record<string, string>;
  script: string[];
}

interface GitHubWorkflow {
  on: unknown;
  permissions: unknown;
  env: Record<string, string>;
  jobs: { preview: GitHubJob; up: GitHubJob };
}

interface GitLabPipeline {
  ".pulumi": { id_tokens: unknown; before_script: string[]; image: string };
  preview: GitLabJob;
  up: GitLabJob;
}

const github = parse(githubText) as GitHubWorkflow;
const gitlab = parse(gitlabText) as GitLabPipeline;
const { preview, up } = github.jobs;

const pack = "--policy-pack node_modules/vantedge-secrets/policies";
const commands = {
  preview: `pulumi preview --stack production --non-interactive ${pack}`,
  up: `pulumi up --yes --stack production --non-interactive ${pack}`,
};
const pulumiCalls = (lines: readonly string[]) => lines.filter((line) => line.startsWith("pulumi "));
const roleOf = (kind: string) => `arn:aws:iam::111122223333:role/vantedge-ci-${kind}`;

/** What stands in a file besides its comments. */
const code = (text: string) => text.replace(/(^|\s)#.*$/gm, "");

describe.each([
  ["GitHub", githubText],
  ["GitLab", gitlabText],
])("on %s", (_, text) => {
  test("nothing that would show a value", () => {
    expect(code(text)).not.toMatch(
      /--show-secrets|--debug|--diff|--json|--logtostderr|\s-v\b|set -x|CI_DEBUG|printenv/,
    );
  });

  test("no stored credentials, and no way around a check", () => {
    expect(code(text)).not.toMatch(/secrets[.[]|ACCESS_KEY|ACCESS_TOKEN|GITHUB_TOKEN|allow_failure|continue-on-error/);
    expect(code(text)).not.toMatch(/pull_request_target|workflow_run|workflow_dispatch|\|\| true/);
  });

  test("nothing but these two call Pulumi", () => {
    const mentioned = code(text).match(/pulumi (?:preview|up|refresh|destroy|config|stack|state|import)[^\n]*/g);
    expect(mentioned).toEqual([commands.preview, commands.up]);
  });
});

describe("GitHub's workflow", () => {
  const jobs = [
    ["preview", preview],
    ["up", up],
  ] as const;

  test("runs for pull requests to main, and for main", () => {
    expect(github.on).toEqual({ pull_request: { branches: ["main"] }, push: { branches: ["main"] } });
    expect(Object.keys(github.jobs)).toEqual(["preview", "up"]);
  });

  test("leaves a fork's pull request alone, and deploys main only", () => {
    expect(preview.if).toBe(
      "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository",
    );
    expect(up.if).toBe("github.event_name == 'push' && github.ref == 'refs/heads/main'");
  });

  test("has no permission but to read the code and to ask for a token", () => {
    expect(github.permissions).toEqual({});
    for (const [, job] of jobs) expect(job.permissions).toEqual({ contents: "read", "id-token": "write" });
  });

  test("deploys in an environment that can be protected, one after the other", () => {
    expect(up.environment).toBe("production");
    expect(up.concurrency).toEqual({ group: "up-production", "cancel-in-progress": false });
    expect(preview.environment).toBeUndefined();
    expect(preview.concurrency.group).not.toBe(up.concurrency.group);
  });

  test("runs actions by their commit, and says which version that is", () => {
    const used = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses])));
    expect(used.length).toBeGreaterThan(6);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    const lines = githubText.split("\n").filter((line) => line.includes("uses:"));
    for (const line of lines) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test.each(jobs)("%s takes its own role, and only once everything is installed", (name, { steps }) => {
    const [credentials, ...others] = steps.filter(({ uses }) =>
      uses?.startsWith("aws-actions/configure-aws-credentials"),
    );
    expect(others).toEqual([]);
    expect(credentials?.with).toEqual({
      "role-to-assume": roleOf(name === "up" ? "deployer" : "preview"),
      "aws-region": "${{ env.AWS_REGION }}",
    });
    const after = steps.slice(steps.indexOf(credentials as Step) + 1);
    expect(after).toEqual([{ run: commands[name] }]);
  });

  test.each(jobs)("%s leaves no token in the checkout, and runs no script of a dependency", (_, { steps }) => {
    const checkout = steps.find(({ uses }) => uses?.startsWith("actions/checkout"));
    expect(checkout?.with).toEqual({ "persist-credentials": false });
    expect(steps.filter(({ run }) => run?.startsWith("npm")).map(({ run }) => run)).toEqual([
      "npm ci --ignore-scripts",
    ]);
  });

  test.each(jobs)("%s puts nothing that a pull request says into a shell", (_, { steps }) => {
    for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });
});

describe("GitLab's pipeline", () => {
  const jobs = [
    ["preview", gitlab.preview],
    ["up", gitlab.up],
  ] as const;

  test("leaves a fork's merge request alone, and deploys what was pushed to main only", () => {
    expect(gitlab.preview.rules).toEqual([
      {
        if: '$CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID',
      },
    ]);
    expect(gitlab.up.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"' }]);
  });

  test("asks for a token for AWS, and keeps it from other users of the runner", () => {
    expect(gitlab[".pulumi"].id_tokens).toEqual({ AWS_ID_TOKEN: { aud: "sts.amazonaws.com" } });
    expect(gitlab[".pulumi"].before_script.at(-1)).toBe(
      '(umask 077; printf %s "$AWS_ID_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE")',
    );
  });

  test("deploys in an environment that can be protected, one after the other", () => {
    expect(gitlab.up).toMatchObject({ environment: "production", resource_group: "production", interruptible: false });
    expect(gitlab.preview.environment).toBeUndefined();
  });

  test.each(jobs)("%s takes its own role and calls Pulumi once", (name, job) => {
    expect(job.extends).toBe(".pulumi");
    expect(job.variables).toEqual({ AWS_ROLE_ARN: roleOf(name === "up" ? "deployer" : "preview") });
    expect(job.script).toEqual([commands[name]]);
    expect(pulumiCalls(gitlab[".pulumi"].before_script)).toEqual([]);
  });
});

describe("a value in the configuration stops both before they ask AWS for anything", () => {
  const guards = [
    ...[preview, up].map(({ steps }) => steps.find(({ name }) => name === "No value in the configuration")?.run),
    gitlab[".pulumi"].before_script[1],
  ];

  test("by one and the same check, before the credentials", () => {
    expect(new Set(guards).size).toBe(1);
    expect(guards[0]).toMatch(/^if grep/);
  });

  let project: string;
  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), "ci-"));
  });
  afterEach(() => rmSync(project, { recursive: true }));

  const check = () => spawnSync("sh", ["-c", guards[0] as string], { cwd: project, encoding: "utf8" });

  test("which names the file and shows nothing of it", () => {
    writeFileSync(path.join(project, "Pulumi.production.yaml"), `config:\n  app:key:\n    secure: v1:${canary}\n`);
    const { status, stdout, stderr } = check();
    expect(status).toBe(1);
    expect(stdout).toBe("Pulumi.production.yaml\n");
    expect(stderr).toBe("");
  });

  test("and lets settings pass that are none", () => {
    writeFileSync(path.join(project, "Pulumi.production.yaml"), "config:\n  app:manifest: vantedge.yaml\n");
    expect(check()).toMatchObject({ status: 0, stdout: "" });
  });
});

test("the token's file is the caller's alone", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "ci-"));
  const file = path.join(folder, "token");
  const env = { ...process.env, AWS_ID_TOKEN: "a%b", AWS_WEB_IDENTITY_TOKEN_FILE: file };
  execFileSync("sh", ["-c", gitlab[".pulumi"].before_script.at(-1) as string], { env });
  expect(readFileSync(file, "utf8")).toBe("a%b");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});
