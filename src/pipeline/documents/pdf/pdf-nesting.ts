/**
 * How deep the objects of a PDF lie inside each other: arrays and dictionaries as written, and nodes of its page
 * tree. Found in one pass over the bytes before any parser recurses into them. Objects inside compressed object
 * streams are not seen; PDFium refuses those that it finds nested deeper than it can go.
 */
export function pdfNesting(bytes: Uint8Array): number {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const children = new Map<number, number[]>();
  let deepest = 0;
  let from = 0;
  while (from < source.length) {
    const streamAt = source.indexOf("stream", from);
    // What looks like a stream without an end hides nothing: all of the rest is read as objects.
    const endAt = streamAt === -1 ? -1 : source.indexOf("endstream", streamAt);
    const text = source.toString("latin1", from, endAt === -1 ? source.length : streamAt);
    deepest = Math.max(deepest, literalNesting(text));
    collectKids(text, children);
    if (endAt === -1) break;
    from = endAt + "endstream".length;
  }
  return Math.max(deepest, treeDepth(children));
}

const mark = /[[\]]|<<|>>|\((?:[^\\()]|\\[\s\S])*\)|\bendobj\b/g;

function literalNesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(mark)) {
    if (token === "[" || token === "<<") depth += 1;
    else if (token === "]" || token === ">>") depth = Math.max(0, depth - 1);
    else if (token === "endobj") depth = 0;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

const kids = /(\d+)\s+\d+\s+obj(?:(?!\bendobj\b)[\s\S]){0,2000}?\/Kids\s*\[([^\]]*)\]/g;

function collectKids(text: string, children: Map<number, number[]>): void {
  if (!text.includes("/Kids")) return;
  for (const [, parent, list] of text.matchAll(kids)) {
    const numbers = Array.from((list ?? "").matchAll(/(\d+)\s+\d+\s+R/g), ([, number]) => Number(number));
    children.set(Number(parent), numbers);
  }
}

/** The longest path from a node down; a node met twice counts once, so a circle ends. */
function treeDepth(children: ReadonlyMap<number, readonly number[]>): number {
  const below = new Set([...children.values()].flat());
  let level = [...children.keys()].filter((number) => !below.has(number));
  const seen = new Set<number>();
  let depth = 0;
  while (level.length > 0) {
    depth += 1;
    const next = level.flatMap((number) => children.get(number) ?? []);
    level = next.filter((number) => !seen.has(number) && children.has(number));
    for (const number of level) seen.add(number);
  }
  return depth;
}
