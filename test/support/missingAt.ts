import type { ClusterNeed } from "../../components/binding/clusterNeeds";
import type { ClusterPlace } from "../../components/kubernetes/kubeconfig";
import { missingAt } from "../../components/kubernetes/missing";

/** `missingAt` for each case of the argument. */
async function main() {
  const cases: [place: ClusterPlace, needs: ClusterNeed[]][] = JSON.parse(process.argv[2] as string);
  const results: string[][] = [];
  for (const [place, needs] of cases) results.push(await missingAt(place, needs));
  console.log(JSON.stringify(results));
}

void main();
