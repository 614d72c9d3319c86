import type { BlockKind, UncountedBlock } from "../block.ts";

/** Builds blocks from the events of a markup parser, without a tree: nesting costs no stack. */
export interface BlockWriter {
  text(text: string): void;
  lineBreak(): void;
  /** A block element begins or ends: a paragraph of its own, or a gap inside an item or a cell. */
  separate(): void;
  openHeading(level: number): void;
  openCode(): void;
  /** Ends a heading or a piece of code. */
  endBlock(): void;
  openList(ordered: boolean): void;
  openItem(): void;
  closeList(): void;
  openTable(): void;
  openRow(): void;
  openCell(): void;
  closeTable(): void;
  /** Gives out what is still open. */
  finish(): void;
}

/** A writer that hands each finished block to `emit`; empty ones too, which the caller drops. */
export function createBlockWriter(emit: (block: UncountedBlock) => void): BlockWriter {
  let kind: BlockKind = "paragraph";
  let level = 1;
  let buffer: string[] = [];
  const lists: { ordered: boolean; items: number }[] = [];
  let tables = 0;

  const flush = () => {
    const text = kind === "table" ? tidyTable(buffer.join("")) : buffer.join("");
    buffer = [];
    if (text.trim() !== "") emit(kind === "heading" ? { kind, level, text } : { kind, text });
    kind = tables > 0 ? "table" : lists.length > 0 ? "list" : "paragraph";
  };
  const start = (next: BlockKind) => {
    flush();
    kind = next;
  };

  return {
    text: (text) => void buffer.push(kind === "code" ? text : text.replace(/\s+/g, " ")),
    lineBreak: () => void buffer.push(kind === "table" ? " " : "\n"),
    separate() {
      if (kind === "paragraph") flush();
      else if (kind !== "code") buffer.push(" ");
    },
    openHeading(next) {
      start("heading");
      level = next;
    },
    openCode() {
      if (tables === 0) start("code");
    },
    endBlock: () => {
      if (kind === "heading" || kind === "code") flush();
    },
    openList(ordered) {
      if (lists.length === 0 && tables === 0) start("list");
      lists.push({ ordered, items: 0 });
    },
    openItem() {
      const list = lists.at(-1);
      if (list) list.items += 1;
      const mark = list?.ordered ? `${list.items}.` : "-";
      buffer.push(kind === "list" ? `\n${"  ".repeat(Math.max(0, lists.length - 1))}${mark} ` : " ");
    },
    closeList() {
      lists.pop();
      if (lists.length === 0 && kind === "list") flush();
    },
    openTable() {
      if (tables === 0) start("table");
      tables += 1;
    },
    openRow: () => void buffer.push(tables > 1 ? " " : "\n"),
    openCell: () => void buffer.push(" | "),
    closeTable() {
      tables = Math.max(0, tables - 1);
      if (tables === 0) flush();
    },
    finish: flush,
  };
}

/** One row a line. Each cell began with its mark: the first of a row has none before it. */
function tidyTable(text: string): string {
  return text
    .split("\n")
    .map((row) =>
      row
        .replace(/\s+/g, " ")
        .replace(/^ ?\| /, "")
        .trim(),
    )
    .filter((row) => /[^\s|]/.test(row))
    .join("\n");
}
