/** Longer runs of letters are cut: text without spaces must not fill the vocabulary with pages. */
const maxWordLength = 40;

/** The words of a text in lower case, in order: runs of letters and digits. */
export function* wordsOf(text: string): Generator<string> {
  const lower = text.normalize("NFKC").toLowerCase();
  let start = -1;
  for (let index = 0; index <= lower.length; index += 1) {
    const inWord = index < lower.length && isWordUnit(lower.charCodeAt(index));
    if (inWord && start === -1) start = index;
    const ends = start !== -1 && (!inWord || index - start >= maxWordLength);
    if (!ends) continue;
    yield lower.slice(start, index);
    start = inWord ? index : -1;
  }
}

/** a-z, 0-9, and everything beyond ASCII that is not a space or general punctuation. */
function isWordUnit(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
  return unit >= 0xc0 && !(unit >= 0x2000 && unit <= 0x206f) && !(unit >= 0x3000 && unit <= 0x303f);
}
