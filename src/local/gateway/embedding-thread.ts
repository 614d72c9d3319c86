import { createLexicalModel } from "../lexical/lexical-model.ts";
import { lexicalModel } from "./entities.ts";
import { vectorsToJson } from "./json-vector.ts";
import { tokensOf } from "./token-count.ts";

/** What a thread gives back: the JSON array of vectors, and the tokens of all texts. */
export interface Embedded {
  readonly json: Uint8Array<ArrayBuffer>;
  readonly tokens: number;
}

const embedText = createLexicalModel(lexicalModel.dimensions);

/** The work of one embedding call, on a thread of its own so that the servers' event loop stays free. */
export default function embed(texts: readonly string[]): Embedded {
  const json = vectorsToJson(texts.map(embedText));
  const tokens = texts.reduce((sum, text) => sum + tokensOf(text), 0);
  return { json, tokens };
}
