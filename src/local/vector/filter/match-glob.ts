/** Whether the whole text matches: `*` any run, `?` one character, `[abc]`, `[a-z]`, `[^abc]`. Case counts. */
export function matchGlob(pattern: string, text: string): boolean {
  const parts = partsOf(pattern);
  const characters = [...text];
  let part = 0;
  let character = 0;
  // Where the last star stands and what it has swallowed so far: going back there alone keeps this linear
  // in pattern times text, which a regular expression would not be.
  let star = -1;
  let swallowed = 0;
  while (character < characters.length) {
    const current = parts[part];
    if (current === "*") {
      star = part;
      swallowed = character;
      part += 1;
    } else if (current?.accepts(characters[character] ?? "")) {
      part += 1;
      character += 1;
    } else if (star !== -1) {
      swallowed += 1;
      character = swallowed;
      part = star + 1;
    } else {
      return false;
    }
  }
  while (parts[part] === "*") part += 1;
  return part === parts.length;
}

type Part = "*" | { accepts(character: string): boolean };

function partsOf(pattern: string): Part[] {
  const parts: Part[] = [];
  const pieces = pattern.matchAll(/\*|\?|\[(?<negation>\^?)(?<set>\]?[^\]]*)\]|[\s\S]/gu);
  for (const piece of pieces) {
    const { set, negation } = piece.groups ?? {};
    if (piece[0] === "*") parts.push("*");
    else if (piece[0] === "?") parts.push({ accepts: () => true });
    else if (set !== undefined) parts.push(setPart(set, negation === "^"));
    else parts.push({ accepts: (character) => character === piece[0] });
  }
  return parts;
}

function setPart(set: string, negated: boolean): Part {
  const ranges = [...set.matchAll(/(?<from>[\s\S])-(?<to>[\s\S])|(?<one>[\s\S])/gu)].map((range) => {
    const { from, to, one } = range.groups ?? {};
    return { from: from ?? one ?? "", to: to ?? one ?? "" };
  });
  return {
    accepts: (character) =>
      ranges.some((range) => character >= range.from && character <= range.to) !== negated,
  };
}
