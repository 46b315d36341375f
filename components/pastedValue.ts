/**
 * A command that takes a value from standard input, so that it is in no process argument and no shell history. Where that
 * is a terminal, it says how to end the value: an Enter would be a part of it, and nothing could take it off again that
 * may be meant, as at the end of a private key.
 */
export function takingPastedValue(command: string): string {
  return `( [ -t 0 ] && printf 'Paste the value, then press Ctrl-D twice, without Enter: ' >&2; ${command} )`;
}
