const endings: readonly (readonly [ending: string, replacement: string])[] = [
  ["ational", "ate"],
  ["ization", "ize"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["iveness", "ive"],
  ["ments", ""],
  ["ation", "ate"],
  ["ingly", ""],
  ["ement", ""],
  ["edly", ""],
  ["ment", ""],
  ["ness", ""],
  ["able", ""],
  ["ible", ""],
  ["ies", "y"],
  ["ied", "y"],
  ["ing", ""],
  ["ers", ""],
  ["ed", ""],
  ["er", ""],
  ["ly", ""],
  ["es", ""],
  ["s", ""],
];
const shortestStem = 3;

/** A word without its usual English ending, so that `invoices`, `invoiced` and `invoice` meet. */
export function stem(word: string): string {
  if (word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) return word;
  for (const [ending, replacement] of endings) {
    const kept = word.length - ending.length;
    if (kept >= shortestStem && word.endsWith(ending)) return trim(word.slice(0, kept) + replacement);
  }
  return trim(word);
}

/** `planned` and `plan`, `invoice` and `invoic`: one doubled consonant or a last e must not part them. */
function trim(word: string): string {
  if (word.length <= shortestStem) return word;
  const last = word.at(-1);
  if (last === "e") return word.slice(0, -1);
  if (last === word.at(-2) && last !== "s" && last !== "l") return word.slice(0, -1);
  return word;
}
