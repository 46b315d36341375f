import { prepareApiDescriptions } from "../../local/google/descriptions";

/** What is made of Google's resources is compared with Google's descriptions of its APIs: they have to be here. */
export default async function prepare(): Promise<void> {
  await prepareApiDescriptions(console.log);
}
