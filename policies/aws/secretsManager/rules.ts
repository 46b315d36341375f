import type { Rule } from "../../rule";
import { blockPublicPolicy } from "./blockPublicPolicy";
import { customerManagedKey } from "./customerManagedKey";
import { described } from "./described";
import { publicPolicy } from "./publicPolicy";
import { restrictivePolicy } from "./restrictivePolicy";
import { rotationInterval } from "./rotationInterval";
import { secretRotation } from "./secretRotation";
import { tagged } from "./tagged";
import { wildcardPolicy } from "./wildcardPolicy";

export const secretsManagerRules: readonly Rule[] = [
  publicPolicy,
  wildcardPolicy,
  blockPublicPolicy,
  restrictivePolicy,
  customerManagedKey,
  secretRotation,
  rotationInterval,
  tagged,
  described,
];
