import { stem } from "./stem.ts";
import { stopWords } from "./stop-words.ts";

/** Length of every vector of the stand-in. */
export const dimensions = 1536;

const grams = { length: 4, weight: 0.25 };
/** Scripts without spaces: a run of them is no word, so pairs of characters carry the likeness. */
const unspaced = /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]/;
const unspacedGrams = { length: 2, weight: 1 };
const stopWordWeight = 0.02;
const maxVocabulary = 200_000;

/** Where one word lands in the vector; remembered, because texts repeat their words. */
export interface WordFeatures {
  readonly slots: Uint16Array;
  readonly weights: Float32Array;
  /** The text that last counted this word, and how often: so counting needs no second map. */
  seenBy: number;
  count: number;
}

const vocabulary = new Map<string, WordFeatures>();

/** The features of a lower-case word: its stem, and its character 4-grams at a lower weight. */
export function featuresOf(word: string): WordFeatures {
  const known = vocabulary.get(word);
  if (known) return known;
  if (vocabulary.size >= maxVocabulary) vocabulary.clear();
  const made = makeFeatures(word);
  vocabulary.set(word, made);
  return made;
}

function makeFeatures(word: string): WordFeatures {
  const scale = stopWords.has(word) ? stopWordWeight : 1;
  const framed = `<${word}>`;
  const { length, weight } = unspaced.test(word) ? unspacedGrams : grams;
  const names = [`=${stem(word)}`];
  for (let from = 0; from + length <= framed.length; from += 1) names.push(framed.slice(from, from + length));
  const slots = new Uint16Array(names.length);
  const weights = new Float32Array(names.length);
  for (const [index, name] of names.entries()) {
    const hash = fnv1a(name);
    slots[index] = hash % dimensions;
    // A sign by chance lets collisions cancel out instead of adding up.
    const sign = (hash >>> 31) & 1 ? -1 : 1;
    weights[index] = sign * scale * (index === 0 ? 1 : weight);
  }
  return { slots, weights, seenBy: -1, count: 0 };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  // FNV's high bits are weak for short texts: mix once more.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
