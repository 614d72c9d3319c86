import { createLexicalModel } from "../../lexical/lexical-model.ts";
import type { IndexSettings } from "../index-settings.ts";
import type { SparseVector } from "../sparse/sparse-vector.ts";
import { VectorError } from "../vector-error.ts";
import { bm25Document, bm25Query } from "./bm25.ts";

/** The sides of a record or a query. */
export interface Vectors {
  readonly dense?: Float32Array | undefined;
  readonly sparse?: SparseVector | undefined;
}

/** Which sides of a hybrid index a text is searched on. */
type QueryMode = "HYBRID" | "DENSE" | "SPARSE";

/** Embeds the texts of one index, by the models that it was configured with. */
export interface TextEmbedder {
  /** Whether every side of the index has a model. */
  readonly embedsDocuments: boolean;
  /** @throws VectorError 422 when a side has no model */
  document(text: string): Vectors;
  /** @throws VectorError 422 when a side that is asked for has no model */
  query(text: string, mode: QueryMode): Vectors;
}

/** The embedder of an index. */
export function createTextEmbedder({ dense, sparse }: IndexSettings): TextEmbedder {
  const model = dense?.embeddingModel && createLexicalModel(dense.dimension);
  const embedDense = (text: string) => {
    if (!model) throw notAllowed();
    return Float32Array.from(model(text));
  };
  const embedSparse = (embed: (text: string) => SparseVector, text: string) => {
    if (!sparse?.embeddingModel) throw notAllowed();
    return embed(text);
  };
  return {
    embedsDocuments: (!dense || model !== undefined) && (!sparse || sparse.embeddingModel !== undefined),
    document: (text) => ({
      dense: dense && embedDense(text),
      sparse: sparse && embedSparse(bm25Document, text),
    }),
    query(text, mode) {
      // An index of one side is searched there, whatever the mode.
      const both = dense && sparse;
      return {
        dense: dense && !(both && mode === "SPARSE") ? embedDense(text) : undefined,
        sparse: sparse && !(both && mode === "DENSE") ? embedSparse(bm25Query, text) : undefined,
      };
    },
  };
}

function notAllowed(): VectorError {
  return new VectorError(
    422,
    "Embedding data for this index is not allowed. The index must be created with an embedding model to use it.",
  );
}
