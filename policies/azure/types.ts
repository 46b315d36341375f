/** Azure's native provider has a type for each version of an API: `azure-native:keyvault/v20230701:Vault`. */
export function isNative(type: string, module: string, resource: string): boolean {
  const [provider, place, name] = type.split(":");
  return (
    provider === "azure-native" && name === resource && (place === module || place?.startsWith(`${module}/v`) === true)
  );
}
