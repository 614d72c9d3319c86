import { fnv1a } from "./fnv1a.ts";
import { stem } from "./stem.ts";
import { stopWords } from "./stop-words.ts";

const grams = { length: 4, weight: 0.25 };
/** Scripts without spaces: a run of them is no word, so pairs of characters carry the likeness. */
const unspaced = /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]/;
const unspacedGrams = { length: 2, weight: 1 };
const stopWordWeight = 0.02;

/** Where one word lands in the vector; remembered, because texts repeat their words. */
export interface WordFeatures {
  readonly slots: Uint16Array;
  readonly weights: Float32Array;
  /** The text that last counted this word, and how often: so counting needs no second map. */
  seenBy: number;
  count: number;
}

/** The features of a lower-case word: its stem, and its character 4-grams at a lower weight. */
export function makeFeatures(word: string, dimensions: number): WordFeatures {
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
