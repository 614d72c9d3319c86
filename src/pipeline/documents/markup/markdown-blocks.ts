import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { UncountedBlock } from "../block.ts";
import { documentLimits } from "../document-limits.ts";
import { documentError } from "../rejection.ts";
import { readHtml } from "./html-blocks.ts";
import type { MarkupContent } from "./markup-content.ts";

const frontMatter = /^\ufeff?---[^\S\n]*\n([\s\S]*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)/;

type Node = ReturnType<typeof fromMarkdown>["children"][number];
type List = Extract<Node, { type: "list" }>;
type Table = Extract<Node, { type: "table" }>;

/** What the text of a node is made of, whatever the node is. */
interface TextNode {
  readonly type: string;
  readonly value?: string;
  readonly alt?: string | null | undefined;
  readonly children?: readonly TextNode[];
}

/** A line that opens more containers (quotes, list items) in each other than the parser can bear. */
const tooNested = new RegExp(
  `^(?:[ \\t]*(?:>|[*+-][ \\t]|\\d{1,9}[.)][ \\t])){${documentLimits.nesting}}`,
  "m",
);

/**
 * GitHub-flavoured Markdown as blocks; a front matter's simple `key: value` lines become metadata.
 * @throws WaybillError `document_too_complex` for quotes or lists nested beyond the limit: the parser's work grows
 * with the square of it
 */
export function readMarkdown(source: string): MarkupContent {
  const text = source.replace(/\r\n?/g, "\n");
  const front = frontMatter.exec(text);
  const body = front ? text.slice(front[0].length) : text;
  if (tooNested.test(body)) throw documentError("document_too_complex");
  const tree = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return { blocks: tree.children.flatMap(blocksOf), metadata: frontMatterEntries(front?.[1] ?? "") };
}

function blocksOf(node: Node): UncountedBlock[] {
  switch (node.type) {
    case "heading":
      return [{ kind: "heading", level: node.depth, text: inlineText(node) }];
    case "code":
      return [{ kind: "code", text: node.value }];
    case "list":
      return [{ kind: "list", text: listLines(node, "").join("\n") }];
    case "table":
      return [{ kind: "table", text: tableLines(node).join("\n") }];
    case "html":
      return [...readHtml(node.value).blocks];
    case "blockquote":
    case "footnoteDefinition":
      return node.children.flatMap(blocksOf);
    default:
      return [{ kind: "paragraph", text: inlineText(node) }];
  }
}

function listLines(list: List, indent: string): string[] {
  return list.children.flatMap((item, index) => {
    const mark = list.ordered ? `${(list.start ?? 1) + index}.` : "-";
    return itemLines(item, indent, mark);
  });
}

function itemLines(item: List["children"][number], indent: string, mark: string): string[] {
  const done = typeof item.checked === "boolean" ? `[${item.checked ? "x" : " "}] ` : "";
  const lines = item.children.flatMap((child) =>
    child.type === "list" ? listLines(child, `${indent}  `) : blocksOf(child).map((block) => block.text),
  );
  const [first = "", ...rest] = lines;
  return [`${indent}${mark} ${done}${first}`, ...rest];
}

function tableLines(table: Table): string[] {
  return table.children.map((row) =>
    row.children.map((cell) => inlineText(cell).replace(/\n/g, " ")).join(" | "),
  );
}

/** The text a reader sees: links without their target, pictures by their description. */
function inlineText(node: TextNode): string {
  if (node.type === "break") return "\n";
  if (node.type === "html") return "";
  return node.value ?? node.alt ?? node.children?.map(inlineText).join("") ?? "";
}

function frontMatterEntries(text: string): Record<string, string> {
  const lines = Array.from(text.matchAll(/^([A-Za-z][\w-]*):[^\S\n]+(\S.*)$/gm));
  return Object.fromEntries(
    lines.map(([, key = "", value = ""]) => [key.toLowerCase(), value.replace(/^(["'])(.*)\1\s*$/, "$2")]),
  );
}
