// @ts-check
// Where built and downloaded tools are kept, and which of them are there.
// Plain JavaScript without dependencies: quickstart.js asks this on a fresh clone, before there is a node_modules.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

/** Go modules that pin what is built, one folder each. */
const buildDirectory = path.join(__dirname, "..", "build");

const pulumiVersionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const kubernetesVersionVariable = "k8s.io/component-base/version";

/**
 * What is built from the Go modules. `versionOf` names the module in go.mod whose version is the tool's, `seconds` is a
 * cold build on 2 cores. The version has to be stamped: without it `pulumi version` prints nothing and the Automation
 * API refuses to work, and `kubectl version` reports v0.0.0-master.
 * @type {Record<string, import("./toolCache").GoTool>}
 */
const goTools = {
  pulumi: {
    name: "pulumi",
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    versionOf: "github.com/pulumi/pulumi/pkg/v3",
    stamp: (version) => ({ [pulumiVersionVariable]: version }),
    seconds: 240,
  },
  languageYaml: {
    name: "pulumi-language-yaml",
    module: "language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    versionOf: "github.com/pulumi/pulumi-yaml",
    stamp: (version) => ({ "github.com/pulumi/pulumi-yaml/pkg/version.Version": version }),
    seconds: 50,
  },
  generateNodejs: {
    name: "pulumi-generate-nodejs",
    module: "generate-nodejs",
    package: ".",
    versionOf: "github.com/pulumi/pulumi/pkg/v3",
    stamp: () => ({}),
    seconds: 15,
  },
  etcd: {
    name: "etcd",
    module: "etcd",
    package: "go.etcd.io/etcd/server/v3",
    versionOf: "go.etcd.io/etcd/server/v3",
    stamp: () => ({}),
    seconds: 25,
  },
  kubeApiserver: {
    name: "kube-apiserver",
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-apiserver",
    versionOf: "k8s.io/kubernetes",
    stamp: stampKubernetes,
    seconds: 180,
  },
  kubeControllerManager: {
    name: "kube-controller-manager",
    module: "kubernetes",
    package: "k8s.io/kubernetes/cmd/kube-controller-manager",
    versionOf: "k8s.io/kubernetes",
    stamp: stampKubernetes,
    seconds: 120,
  },
  externalSecrets: {
    name: "external-secrets",
    module: "external-secrets",
    package: "github.com/external-secrets/external-secrets",
    versionOf: "github.com/external-secrets/external-secrets",
    // The operator has no variable for it, and says its version nowhere.
    stamp: () => ({}),
    seconds: 240,
  },
  reloader: {
    name: "reloader",
    module: "reloader",
    package: "github.com/stakater/Reloader",
    versionOf: "github.com/stakater/Reloader",
    stamp: (version) => ({ "github.com/stakater/Reloader/pkg/common.Version": version }),
    // It listens on port 9090 of every interface. Here servers listen on loopback, and several clouds run side by side.
    edit: {
      file: "internal/pkg/cmd/reloader.go",
      text: "http.ListenAndServe(constants.DefaultHttpListenAddr, nil)",
      by: 'http.ListenAndServe(os.Getenv("RELOADER_LISTEN_ADDRESS"), nil)',
    },
    seconds: 80,
  },
};

/**
 * The plugin that Pulumi publishes, for `npm run test:official`. Its release embeds two files under names that are not
 * in the module, with its version written into the first.
 * @type {import("./toolCache").GoTool}
 */
const kubernetesPlugin = {
  name: "pulumi-resource-kubernetes",
  module: "kubernetes-plugin",
  package: "github.com/pulumi/pulumi-kubernetes/provider/v4/cmd/pulumi-resource-kubernetes",
  versionOf: "github.com/pulumi/pulumi-kubernetes/provider/v4",
  // The module's version is of a commit, and below that of the SDK: the engine would warn of it in each run.
  stamp: (version) => ({
    "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version": `4.9999.0+${version.split("-").at(-1)}`,
  }),
  edit: {
    file: "cmd/pulumi-resource-kubernetes/main.go",
    text: "schema-embed.json\nvar pulumiSchema []byte\n\n//go:embed terraform-mapping-embed.json",
    by: "schema.json\nvar pulumiSchema []byte\n\n//go:embed terraform-mapping.json",
  },
  seconds: 1200,
};

/**
 * What deploys the workloads of test/engine/workloads.test.ts. A cloud needs none of it, so that each is built when the
 * test first runs.
 * @type {Record<string, import("./toolCache").GoTool>}
 */
const deploymentTools = {
  kubectl: {
    name: "kubectl",
    module: "kubectl",
    package: ".",
    versionOf: "k8s.io/kubectl",
    // Kubernetes 1.34.0 is v0.34.0 of its libraries.
    stamp: (version) => stampKubernetes(version.replace("v0.", "v1.")),
    seconds: 60,
  },
  helm: {
    name: "helm",
    module: "helm",
    package: "helm.sh/helm/v3/cmd/helm",
    versionOf: "helm.sh/helm/v3",
    stamp: (version) => ({ "helm.sh/helm/v3/internal/version.version": version }),
    seconds: 90,
  },
  argoCd: {
    name: "argocd",
    module: "argocd",
    package: ".",
    versionOf: "github.com/argoproj/argo-cd/v3",
    stamp: (version) => ({ "github.com/argoproj/argo-cd/v3/common.version": version.slice(1) }),
    // Its metrics are on every interface; here servers listen on loopback.
    edit: { file: "controller/appcontroller.go", text: '"0.0.0.0:%d"', by: '"127.0.0.1:%d"' },
    seconds: 180,
  },
};

/** @param {string} version */
function stampKubernetes(version) {
  const [major = "", minor = ""] = version.slice(1).split(".");
  return {
    [`${kubernetesVersionVariable}.gitVersion`]: version,
    [`${kubernetesVersionVariable}.gitMajor`]: major,
    [`${kubernetesVersionVariable}.gitMinor`]: minor,
  };
}

/** moto answers the AWS API. Older versions fail CloudTrail calls by ARN with error 500. */
const motoVersion = "5.2.5";

/** The AWS CLI, where none is on PATH. */
const awsCliVersion = "1.45.11";

function cacheDirectory() {
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "vantedge-secrets");
}

/**
 * The version of a module that local/build/<folder>/go.mod requires: the only place where versions are written.
 * @param {string} folder
 * @param {string} modulePath
 */
function requiredVersion(folder, modulePath) {
  const file = path.join(buildDirectory, folder, "go.mod");
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    const [name, version] = line.replace(/^(require)?\s+/, "").split(" ");
    if (name === modulePath && version) return version;
  }
  throw new Error(`${file} does not require ${modulePath}`);
}

/** @param {import("./toolCache").GoTool} tool */
function toolVersion(tool) {
  return requiredVersion(tool.module, tool.versionOf);
}

/**
 * The folder of one build: another go.mod, go.sum, main.go or edit is another build.
 * @param {import("./toolCache").GoTool} tool
 */
function toolDirectory(tool) {
  const hash = createHash("sha256");
  for (const name of ["go.mod", "go.sum", "main.go"]) {
    const file = path.join(buildDirectory, tool.module, name);
    if (name !== "main.go" || fs.existsSync(file)) hash.update(fs.readFileSync(file));
  }
  if (tool.edit) hash.update(JSON.stringify(tool.edit));
  return path.join(cacheDirectory(), `${tool.name}-${toolVersion(tool)}-${hash.digest("hex").slice(0, 12)}`);
}

/** @param {import("./toolCache").GoTool} tool */
function toolBinary(tool) {
  return path.join(toolDirectory(tool), tool.name);
}

function motoDirectory() {
  return path.join(cacheDirectory(), `moto-${motoVersion}`);
}

/** Python of moto's virtual environment. Its `moto_server` script would name the folder that the environment was made in. */
function motoPython() {
  return path.join(motoDirectory(), "bin", "python");
}

function awsCliDirectory() {
  return path.join(cacheDirectory(), `awscli-${awsCliVersion}`);
}

/**
 * The first file of that name in the folders of a PATH that can be run.
 * @param {string} name
 * @param {string | undefined} searchPath
 */
function findOnPath(name, searchPath = process.env.PATH) {
  for (const folder of (searchPath ?? "").split(path.delimiter).filter(Boolean)) {
    const file = path.join(folder, name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      if (fs.statSync(file).isFile()) return file;
    } catch {
      // Not here: the next folder.
    }
  }
  return undefined;
}

module.exports = {
  buildDirectory,
  goTools,
  kubernetesPlugin,
  deploymentTools,
  motoVersion,
  awsCliVersion,
  cacheDirectory,
  requiredVersion,
  toolVersion,
  toolDirectory,
  toolBinary,
  motoDirectory,
  motoPython,
  awsCliDirectory,
  findOnPath,
};
