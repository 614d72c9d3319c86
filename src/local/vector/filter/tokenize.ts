import { FilterError } from "./filter.ts";

/** A piece of a filter; `position` counts characters from 0. */
export type Token =
  | { readonly kind: "word"; readonly text: string; readonly position: number }
  | { readonly kind: "string"; readonly text: string; readonly position: number }
  | { readonly kind: "number"; readonly value: number; readonly text: string; readonly position: number }
  | { readonly kind: "symbol"; readonly text: string; readonly position: number }
  | { readonly kind: "end"; readonly text: ""; readonly position: number };

const pieces = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<word>[a-zA-Z_][a-zA-Z_0-9.[\]#-]*)`,
    String.raw`(?<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)`,
    String.raw`(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`,
    String.raw`(?<symbol><=|>=|!=|=|<|>|\(|\)|,)`,
  ].join("|"),
  "suy",
);

/**
 * Cuts a filter into its tokens, an `end` last.
 * @throws FilterError at the first character that begins none
 */
export function tokenize(filter: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < filter.length) {
    pieces.lastIndex = position;
    const match = pieces.exec(filter);
    if (!match) throw new FilterError(problemAt(filter, position), position);
    const token = toToken(match, position);
    if (token) tokens.push(token);
    position = pieces.lastIndex;
  }
  tokens.push({ kind: "end", text: "", position });
  return tokens;
}

function toToken(match: RegExpExecArray, position: number): Token | undefined {
  const { word, number, string, symbol } = match.groups ?? {};
  if (word !== undefined) return { kind: "word", text: word, position };
  if (number !== undefined) return { kind: "number", value: Number(number), text: number, position };
  if (symbol !== undefined) return { kind: "symbol", text: symbol, position };
  if (string === undefined) return undefined;
  return { kind: "string", text: string.slice(1, -1).replace(/\\(.)/gsu, "$1"), position };
}

function problemAt(filter: string, position: number): string {
  const character = String.fromCodePoint(filter.codePointAt(position) ?? 0);
  if (character === "'" || character === '"') return "a string is not closed";
  return `unexpected character ${JSON.stringify(character)}`;
}
