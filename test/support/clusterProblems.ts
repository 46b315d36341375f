import { type ClusterAccess, clusterProblems } from "../../components/kubernetes/preflight";

/** `clusterProblems` for each case of the argument. */
async function main() {
  const cases: [kubeconfig: string, access: ClusterAccess][] = JSON.parse(process.argv[2] as string);
  const results: string[][] = [];
  for (const [kubeconfig, access] of cases) {
    process.env.KUBECONFIG = kubeconfig;
    results.push(await clusterProblems(access));
  }
  console.log(JSON.stringify(results));
}

void main();
