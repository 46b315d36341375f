import { type Language, type Token, text, textIgnoringCase } from "../../prover/language";
import type { Condition } from "../evaluator/conditions";

/** One character of a pattern: itself, or a gap. */
type Piece = { literal: string } | { gap: "*" | "?" };

/** `*` and `?`, as IAM reads them in a text; none where a policy variable stands in it, which is filled from the request. */
export function like(pattern: string): Language[] {
  const pieces = piecesOf(pattern);
  return pieces === undefined ? [] : [pieces.map((piece) => token(piece))];
}

/** The same, of an ARN: in each of its first five parts an asterisk stays within the part. */
export function likeArn(pattern: string): Language[] {
  const pieces = piecesOf(pattern);
  if (pieces === undefined) return [];
  const tokens: Token[] = [];
  let part = 0;
  for (const piece of pieces) {
    tokens.push(token(piece, part < 5 ? ":" : undefined));
    if ("literal" in piece && piece.literal === ":") part++;
  }
  // An ARN that is too short is completed.
  while (part++ < 5) tokens.push({ oneOf: ":" }, part < 5 ? { many: true, except: ":" } : { many: true });
  return [tokens];
}

/** Odd parts of the text stand between `${` and `}`; of those, `${*}` is an asterisk and no gap. */
function piecesOf(pattern: string): Piece[] | undefined {
  const parts = pattern.split(/\$\{([^}]*)\}/);
  if (parts.some((part, index) => index % 2 === 1 && !["*", "?", "$"].includes(part))) return undefined;
  return parts.flatMap((part, index) =>
    part
      .split("")
      .map((one): Piece => (index % 2 === 0 && (one === "*" || one === "?") ? { gap: one } : { literal: one })),
  );
}

function token(piece: Piece, except?: string): Token {
  if ("literal" in piece) return { oneOf: piece.literal };
  const many = piece.gap === "*";
  return except === undefined ? { many } : { many, except };
}

/** The languages by which a condition tells the values of its key apart; none where it can't be judged. */
export function languagesOf({ compared, texts }: Condition): Language[] {
  switch (compared) {
    case "text":
      return texts.map(text);
    case "textIgnoringCase":
      return texts.map(textIgnoringCase);
    case "wildcards":
      return texts.flatMap(like);
    case "arn":
      return texts.flatMap(likeArn);
    case "boolean":
      return ["true", "false"].map(textIgnoringCase);
    default:
      return [];
  }
}
