import { Parser } from "htmlparser2";
import type { UncountedBlock } from "../block.ts";
import { createBlockWriter } from "./html-block-writer.ts";
import type { MarkupContent } from "./markup-content.ts";

/** What no reader of the page reads as its text; navigation repeats on every page of a site. */
const skipped = new Set("script style noscript template svg math iframe object nav select button".split(" "));

const blockElements = new Set(
  (
    "address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form " +
    "header hgroup hr html legend main p section summary"
  ).split(" "),
);

const metaNames = new Set(["author", "description", "keywords"]);

/** HTML as blocks in the order of the source: headings, paragraphs, lists, tables, preformatted code. */
export function readHtml(html: string): MarkupContent {
  const blocks: UncountedBlock[] = [];
  const metadata: Record<string, string> = {};
  const writer = createBlockWriter((block) => blocks.push(block));
  let skippedDepth = 0;
  let title: string | undefined;

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (skippedDepth > 0 || skipped.has(name)) skippedDepth += 1;
        else if (name === "title" && metadata.title === undefined) title = "";
        else if (name === "meta") keepMeta(metadata, attributes);
        else openElement(writer, name);
      },
      ontext(text) {
        if (title !== undefined) title += text;
        else if (skippedDepth === 0) writer.text(text);
      },
      onclosetag(name) {
        if (skippedDepth > 0) skippedDepth -= 1;
        else if (name === "title" && title !== undefined) {
          if (title.trim() !== "") metadata.title = title.replace(/\s+/g, " ").trim();
          title = undefined;
        } else closeElement(writer, name);
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  writer.finish();
  return { blocks, metadata };
}

type Writer = ReturnType<typeof createBlockWriter>;

function openElement(writer: Writer, name: string): void {
  const level = headingLevel(name);
  if (level !== undefined) writer.openHeading(level);
  else if (name === "ul" || name === "ol") writer.openList(name === "ol");
  else if (name === "li") writer.openItem();
  else if (name === "table") writer.openTable();
  else if (name === "tr") writer.openRow();
  else if (name === "td" || name === "th") writer.openCell();
  else if (name === "pre") writer.openCode();
  else if (name === "br") writer.lineBreak();
  else if (blockElements.has(name)) writer.separate();
}

function closeElement(writer: Writer, name: string): void {
  if (headingLevel(name) !== undefined || name === "pre") writer.endBlock();
  else if (name === "ul" || name === "ol") writer.closeList();
  else if (name === "table") writer.closeTable();
  else if (blockElements.has(name) || name === "li") writer.separate();
}

function headingLevel(name: string): number | undefined {
  return /^h[1-6]$/.test(name) ? Number(name.charAt(1)) : undefined;
}

function keepMeta(metadata: Record<string, string>, attributes: Record<string, string>): void {
  const name = attributes.name?.toLowerCase() ?? "";
  const content = attributes.content?.trim() ?? "";
  if (metaNames.has(name) && content !== "") metadata[name] = content;
}
