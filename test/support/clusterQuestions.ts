import { arrivalOf } from "../../components/kubernetes/arrival";
import { rolesChangedByOthers } from "../../components/kubernetes/changedRoles";
import { missingAt } from "../../components/kubernetes/missing";
import { clusterProblems } from "../../components/kubernetes/preflight";
import { reloaderAt } from "../../components/kubernetes/reloader";

const questions = { arrivalOf, clusterProblems, missingAt, reloaderAt, rolesChangedByOthers };

/** What one of the questions to a cluster answers, for the arguments of each case. A case may have a KUBECONFIG. */
async function main() {
  const [name, cases]: [keyof typeof questions, { kubeconfig?: string; args: unknown[] }[]] = JSON.parse(
    process.argv[2] as string,
  );
  const ask = questions[name] as (...args: unknown[]) => Promise<unknown>;
  const results: unknown[] = [];
  for (const { kubeconfig, args } of cases) {
    if (kubeconfig !== undefined) process.env.KUBECONFIG = kubeconfig;
    results.push(await ask(...args));
  }
  console.log(JSON.stringify(results));
}

void main();
