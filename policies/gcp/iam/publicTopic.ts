import { Severity } from "../../rule";
import { grantRule } from "../iam/grantRule";
import { isEverybody } from "../iam/grants";

/** Who publishes there can start a rotation: https://cloud.google.com/secret-manager/docs/secret-rotation */
export const publicTopic = grantRule(
  {
    name: "gcp-pubsub-topic-not-public",
    requires: "A topic, such as that of rotation reminders, is for named principals only",
    severity: Severity.High,
    ids: ["CKV_GCP_99"],
    mend: "name the principals that publish and subscribe",
  },
  ["topic"],
  isEverybody,
  "is everybody",
);
