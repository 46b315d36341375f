/** A pattern in which `*` stands for any text and, unless told otherwise, `?` for any letter. */
export function wildcard(pattern: string, flags: "" | "i" = "", special: "*" | "*?" = "*?"): RegExp {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const any = special === "*?" ? literal.replaceAll("?", ".") : literal.replaceAll("?", "\\?");
  return new RegExp(`^${any}$`, `s${flags}`);
}
