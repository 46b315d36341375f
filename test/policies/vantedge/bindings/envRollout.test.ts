import { envRollout } from "../../../../policies/vantedge/bindings/envRollout";
import { testRule } from "../../support/ruleTest";
import { binding } from "../components";

const file = { secret: "token", as: "file", at: "/etc/token" };
const env = { secret: "token", as: "env", at: "TOKEN" };
const problem = "keeps an old value: freshness and restartedBy bring no restart";

testRule(envRollout, {
  passes: {
    pinned: binding({ freshness: "pinned", uses: [env] }),
    "Reloader restarts": binding({ restartedBy: "reloader", uses: [env] }),
    files: binding({ uses: [file] }),
    "a CronJob starts afresh": binding({ workload: "CronJob", uses: [env] }),
    "outside of Kubernetes": binding({ delivery: "references", uses: [env] }),
  },
  breaks: {
    "one variable": [binding({ uses: [file, env] }), `uses[1] ${problem}`],
    "all fields, of a StatefulSet": [
      binding({ workload: "StatefulSet", uses: [{ ...env, as: "envFrom" }] }),
      `uses[0] ${problem}`,
    ],
    "of a DaemonSet, by the CSI driver": [
      binding({ workload: "DaemonSet", delivery: "csi", uses: [env] }),
      `uses[0] ${problem}`,
    ],
  },
});
