/** What an error says, in one line. */
export function said({ name, message, $metadata }: Error & { $metadata?: { httpStatusCode?: number } }): string {
  // A page where AWS answers in JSON or XML: of a proxy, or of a simulated cloud that does not know the action.
  if (name === "SyntaxError") return `the answer is not AWS's (HTTP ${$metadata?.httpStatusCode ?? "unknown"})`;
  const text = message.replace(/\s+/g, " ").trim();
  return name === "Error" ? text : `${name}: ${text}`;
}
