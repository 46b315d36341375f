import { CreateGrantCommand, GenerateDataKeyCommand } from "@aws-sdk/client-kms";
import type { Call } from "./tries";

/** As an administrator of the account, who may use every key unless its own policy says no. */
export const useDirectly: Call = ({ kms }, { a }) =>
  kms.send(
    new GenerateDataKeyCommand({
      KeyId: a.keyArn,
      KeySpec: "AES_256",
      EncryptionContext: { SecretARN: a.stored.arn, SecretVersionId: "RequestToValidateKeyAccess" },
    }),
  );

/** Passes by every condition of the key's policy, once it is there. */
export const grant: Call = ({ kms }, { a }) =>
  kms.send(
    new CreateGrantCommand({
      KeyId: a.keyArn,
      GranteePrincipal: a.roleArns.viewer,
      Operations: ["Decrypt"],
    }),
  );
