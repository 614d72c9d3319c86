/**
 * The lexical stand-in for embedding models, shared by the stand-ins for AI Gateway and Upstash Vector. It
 * imports nothing of either.
 */
import { makeFeatures, type WordFeatures } from "./word-features.ts";
import { wordsOf } from "./words.ts";

const maxVocabulary = 200_000;
/** Slots are kept as 16-bit numbers. */
const maxDimensions = 2 ** 16;

/** Turns a text into a unit vector. */
export type LexicalModel = (text: string) => Float64Array;

/**
 * A model that gives a text as a unit vector of hashed words and character 4-grams: texts that share words
 * and parts of words lie near each other. It is deterministic and needs no download, and it is not a
 * language model: synonyms are strangers to it.
 * @throws RangeError when there are more dimensions than 65,536
 */
export function createLexicalModel(dimensions: number): LexicalModel {
  if (dimensions > maxDimensions) throw new RangeError(`at most ${maxDimensions} dimensions`);
  const vocabulary = new Map<string, WordFeatures>();
  let textNumber = 0;

  const featuresOf = (word: string): WordFeatures => {
    const known = vocabulary.get(word);
    if (known) return known;
    if (vocabulary.size >= maxVocabulary) vocabulary.clear();
    const made = makeFeatures(word, dimensions);
    vocabulary.set(word, made);
    return made;
  };

  return (text) => {
    textNumber += 1;
    const vector = new Float64Array(dimensions);
    for (const word of wordsOf(text)) {
      const features = featuresOf(word);
      features.count = features.seenBy === textNumber ? features.count + 1 : 1;
      features.seenBy = textNumber;
      // The n-th occurrence of a word adds less than the first: the sum grows like the logarithm.
      addWord(vector, features, 1 / features.count);
    }
    return toUnitLength(vector);
  };
}

function addWord(vector: Float64Array, word: WordFeatures, factor: number): void {
  const { slots, weights } = word;
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] ?? 0;
    vector[slot] = (vector[slot] ?? 0) + (weights[index] ?? 0) * factor;
  }
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
