import { dimensions, featuresOf, type WordFeatures } from "./word-features.ts";

/** Longer runs of letters are cut: text without spaces must not fill the vocabulary with pages. */
const maxWordLength = 40;
let textNumber = 0;

/**
 * A text as a unit vector of hashed words and character 4-grams: texts that share words and parts of words
 * lie near each other. It is deterministic and needs no download, and it is not a language model: synonyms
 * are strangers to it.
 */
export function embedText(text: string): Float64Array {
  textNumber += 1;
  const vector = new Float64Array(dimensions);
  for (const word of wordsOf(text.normalize("NFKC").toLowerCase())) {
    // The n-th occurrence of a word adds less than the first: the sum grows like the logarithm.
    addWord(vector, word, 1 / word.count);
  }
  return toUnitLength(vector);
}

function addWord(vector: Float64Array, word: WordFeatures, factor: number): void {
  const { slots, weights } = word;
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] ?? 0;
    vector[slot] = (vector[slot] ?? 0) + (weights[index] ?? 0) * factor;
  }
}

function* wordsOf(text: string): Generator<WordFeatures> {
  let start = -1;
  for (let index = 0; index <= text.length; index += 1) {
    const inWord = index < text.length && isWordUnit(text.charCodeAt(index));
    if (inWord && start === -1) start = index;
    const ends = start !== -1 && (!inWord || index - start >= maxWordLength);
    if (!ends) continue;
    yield countOf(text.slice(start, index));
    start = inWord ? index : -1;
  }
}

function countOf(word: string): WordFeatures {
  const features = featuresOf(word);
  features.count = features.seenBy === textNumber ? features.count + 1 : 1;
  features.seenBy = textNumber;
  return features;
}

/** a-z, 0-9, and everything beyond ASCII that is not a space or general punctuation. */
function isWordUnit(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
  return unit >= 0xc0 && !(unit >= 0x2000 && unit <= 0x206f) && !(unit >= 0x3000 && unit <= 0x303f);
}

function toUnitLength(vector: Float64Array): Float64Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum === 0) {
    // A text without a word still has a place, the same for all of them.
    vector[0] = 1;
    return vector;
  }
  const factor = 1 / Math.sqrt(sum);
  for (let index = 0; index < vector.length; index += 1) vector[index] = (vector[index] ?? 0) * factor;
  return vector;
}
