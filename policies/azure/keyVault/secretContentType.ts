import { resourceRule, Severity } from "../../rule";
import { at, isSet } from "../../value";
import { classicSecret, isNativeSecret } from "./vaults";

export const secretContentType = resourceRule({
  name: "azure-keyvault-secret-content-type",
  requires: "A secret says what kind of value it is",
  severity: Severity.Low,
  ids: ["CKV_AZURE_114", "AZU-0015"],
  mend: "set properties.contentType, or contentType with the classic provider",
  types: "all",
  problems: ({ type, inputs }) => {
    if (isNativeSecret(type))
      return isSet(at(inputs, "properties", "contentType")) ? [] : ["properties.contentType is missing"];
    return type === classicSecret && !isSet(inputs.contentType) ? ["contentType is missing"] : [];
  },
});
