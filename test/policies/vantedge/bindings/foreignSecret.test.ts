import { foreignSecret } from "../../../../policies/vantedge/bindings/foreignSecret";
import { testRule } from "../../support/ruleTest";
import { binding, secretOf } from "../components";

const uses = [{ secret: "token", as: "env", at: "TOKEN" }];
const problem = "uses[0].secret is a secret of another workspace in this stack";

testRule(foreignSecret, {
  passes: {
    "of its workspace": [secretOf("production", "token"), binding({ uses })],
    "one in each workspace": [secretOf("development", "token"), secretOf("production", "token"), binding({ uses })],
    "a secret of another stack": [secretOf("development", "other"), binding({ uses })],
  },
  breaks: {
    "of another workspace": [
      [secretOf("development", "token"), binding({ uses })],
      ["agent", problem],
    ],
    "of two others": [
      [secretOf("development", "token"), secretOf("test", "token"), binding({ uses })],
      ["agent", problem],
    ],
  },
});
