import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder for test documents that goes away with `remove`. */
export interface DocumentFolder {
  /** Writes the document and gives its path. */
  store(name: string, content: string | Uint8Array): Promise<string>;
  remove(): Promise<void>;
}

/** Makes an empty folder for documents. */
export async function createDocumentFolder(): Promise<DocumentFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), "waybill-documents-"));
  return {
    async store(name, content) {
      const file = path.join(folder, name);
      await writeFile(file, content);
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
