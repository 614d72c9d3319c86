import { Parser } from "htmlparser2";

const names: Readonly<Record<string, string>> = {
  "dc:title": "title",
  "dc:creator": "author",
  "dc:subject": "subject",
  "dc:description": "description",
  "cp:keywords": "keywords",
  "dcterms:created": "created",
  "dcterms:modified": "modified",
};

/** The core properties of a Word document that are set, under the names that other formats use. */
export function readWordMetadata(coreXml: Uint8Array | undefined): Record<string, string> {
  const metadata: Record<string, string> = {};
  let current: string | undefined;
  const parser = new Parser(
    {
      onopentag(name) {
        current = names[name];
      },
      ontext(text) {
        if (current !== undefined && text.trim() !== "") metadata[current] = (metadata[current] ?? "") + text;
      },
      onclosetag() {
        current = undefined;
      },
    },
    { xmlMode: true },
  );
  parser.write(new TextDecoder().decode(coreXml));
  parser.end();
  return metadata;
}
