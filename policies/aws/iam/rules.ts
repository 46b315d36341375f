import type { Rule } from "../../rule";
import { actionWildcard } from "./actionWildcard";
import { administrator } from "./administrator";
import { administratorPolicies } from "./administratorPolicies";
import { anyPrincipal } from "./anyPrincipal";
import { confusedDeputy } from "./confusedDeputy";
import { credentialsExposure } from "./credentialsExposure";
import { dataExfiltration } from "./dataExfiltration";
import { exceptions } from "./exceptions";
import { inlinePolicies } from "./inlinePolicies";
import { keyAccess } from "./keyAccess";
import { passRole } from "./passRole";
import { permissionsManagement } from "./permissionsManagement";
import { privilegeEscalation } from "./privilegeEscalation";
import { resourceWildcard } from "./resourceWildcard";
import { serviceWildcard } from "./serviceWildcard";
import { trailAccess } from "./trailAccess";
import { trustEverybody } from "./trustEverybody";
import { trustOfTokens } from "./trustOfTokens";
import { unconstrainedWrite } from "./unconstrainedWrite";
import { userPolicies } from "./userPolicies";

export const iamRules: readonly Rule[] = [
  administrator,
  administratorPolicies,
  actionWildcard,
  serviceWildcard,
  resourceWildcard,
  exceptions,
  credentialsExposure,
  dataExfiltration,
  permissionsManagement,
  unconstrainedWrite,
  privilegeEscalation,
  passRole,
  keyAccess,
  trailAccess,
  trustEverybody,
  trustOfTokens,
  confusedDeputy,
  anyPrincipal,
  userPolicies,
  inlinePolicies,
];
