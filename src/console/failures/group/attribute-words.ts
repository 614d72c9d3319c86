import type { FileAttribute } from "../../../triage/failures/file-traits.ts";

/** What each attribute is called. */
export const attributeWords: Readonly<Record<FileAttribute, string>> = {
  type: "type",
  size: "size",
  pages: "length",
  project: "project",
  graph: "graph",
  model: "embedding model",
};
