import fc from "fast-check";
import { expect, test } from "vitest";
import { FilterError } from "./filter.ts";
import { matchesFilter } from "./matches-filter.ts";
import { createMetadataIndex } from "./metadata-index.ts";
import { parseFilter } from "./parse-filter.ts";

// The grammar once more, as naively as can be: trees are generated, printed for the parser, and evaluated here.
type Scalar = string | number | boolean;
type Step = string | { at: number } | { fromEnd: number };
type GlobPart = "*" | "?" | { letter: string } | { letters: string; not: boolean };
type Leaf = { path: Step[]; not: boolean } & (
  | { operator: "="; literal: Scalar }
  | { operator: "<" | "<=" | ">" | ">="; literal: number }
  | { operator: "GLOB"; pattern: GlobPart[] }
  | { operator: "IN"; literals: Scalar[] }
  | { operator: "CONTAINS"; literal: Scalar }
  | { operator: "HAS" }
);
type Tree = Leaf | { all: Tree[] } | { any: Tree[] };

function evaluate(tree: Tree, metadata: unknown): boolean {
  if ("all" in tree) return tree.all.every((part) => evaluate(part, metadata));
  if ("any" in tree) return tree.any.some((part) => evaluate(part, metadata));
  const value = tree.path.reduce(walk, metadata);
  const negated = (holds: boolean) => holds !== tree.not;
  switch (tree.operator) {
    case "=":
      return isScalar(value) && negated(same(value, tree.literal));
    case "<":
      return typeof value === "number" && value < tree.literal;
    case "<=":
      return typeof value === "number" && value <= tree.literal;
    case ">":
      return typeof value === "number" && value > tree.literal;
    case ">=":
      return typeof value === "number" && value >= tree.literal;
    case "GLOB":
      return (
        typeof value === "string" &&
        negated(new RegExp(`^${tree.pattern.map(asRegExp).join("")}$`, "su").test(value))
      );
    case "IN":
      return isScalar(value) && negated(tree.literals.some((literal) => same(value, literal)));
    case "CONTAINS":
      return Array.isArray(value) && negated(value.some((item) => same(item, tree.literal)));
    case "HAS":
      return negated(value !== undefined);
  }
}

function walk(value: unknown, step: Step): unknown {
  if (typeof step !== "string") {
    if (!Array.isArray(value)) return undefined;
    // Written out: [#-1] is the last of them, and [#-0] lies behind it.
    const reversed = [undefined, ...[...value].reverse()];
    return "at" in step ? value[step.at] : reversed[step.fromEnd];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([name]) => name === step)?.[1];
}

const same = (value: unknown, literal: Scalar) =>
  value === literal || (value === true && literal === 1) || (value === false && literal === 0);
const isScalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

function asRegExp(part: GlobPart): string {
  if (part === "*") return ".*";
  if (part === "?") return ".";
  return "letter" in part ? part.letter : `[${part.not ? "^" : ""}${part.letters}]`;
}

/** How a tree is written: the choices that must not change its meaning. */
interface Writing {
  readonly gap: string;
  readonly quote: "'" | '"';
  readonly upper: boolean;
}

function print(tree: Tree, writing: Writing): string {
  const word = (text: string) => (writing.upper ? text : text.toLowerCase());
  const join = (parts: string[], by: string) => parts.join(`${writing.gap}${word(by)}${writing.gap}`);
  // AND binds tighter than OR, so only an OR within an AND needs its parentheses.
  if ("any" in tree)
    return join(
      tree.any.map((part) => print(part, writing)),
      "OR",
    );
  if ("all" in tree) {
    return join(
      tree.all.map((part) => ("any" in part ? `(${print(part, writing)})` : print(part, writing))),
      "AND",
    );
  }
  const path = tree.path.map(printStep).join("");
  const literal = (value: Scalar) => printScalar(value, writing);
  const gapped = (...parts: string[]) => parts.filter(Boolean).join(writing.gap);
  const not = tree.not ? word("NOT") : "";
  switch (tree.operator) {
    case "=":
      return gapped(path, tree.not ? "!=" : "=", literal(tree.literal));
    case "GLOB":
      return gapped(path, not, word("GLOB"), literal(tree.pattern.map(printGlobPart).join("")));
    case "IN":
      return gapped(path, not, word("IN"), `(${tree.literals.map(literal).join(",")})`);
    case "CONTAINS":
      return gapped(path, not, word("CONTAINS"), literal(tree.literal));
    case "HAS":
      return gapped(word("HAS"), not, word("FIELD"), path);
    default:
      return `${path}${tree.operator}${tree.literal}`;
  }
}

function printStep(step: Step, at: number): string {
  if (typeof step === "string") return at === 0 ? step : `.${step}`;
  return "at" in step ? `[${step.at}]` : `[#-${step.fromEnd}]`;
}

function printGlobPart(part: GlobPart): string {
  if (typeof part === "string") return part;
  return "letter" in part ? part.letter : `[${part.not ? "^" : ""}${part.letters}]`;
}

function printScalar(value: Scalar, { quote, upper }: Writing): string {
  if (typeof value === "boolean") return upper ? String(value).toUpperCase() : String(value);
  if (typeof value === "number") return String(value);
  return `${quote}${value.replace(/["'\\]/g, (character) => `\\${character}`)}${quote}`;
}

// Few names and values, so that filters often meet what is there.
const name = fc.constantFrom("a", "b", "_c", "odd-name");
const word = fc.string({ unit: fc.constantFrom("a", "b", "é"), maxLength: 3 });
const text = fc.oneof({ weight: 3, arbitrary: word }, fc.string({ maxLength: 4 }));
const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const scalar = fc.oneof(text, number, fc.boolean());
const step = fc.oneof(name, fc.record({ at: fc.nat(2) }), fc.record({ fromEnd: fc.nat(3) }));
const path = fc
  .tuple(name, fc.array(step, { maxLength: 2 }))
  .map(([first, more]): Step[] => [first, ...more]);
const globPart = fc.oneof(
  fc.constantFrom<GlobPart[]>("*", "?"),
  fc.record({ letter: fc.constantFrom("a", "b", "é") }),
  fc.record({ letters: fc.constantFrom("a", "ab", "a-c", "bé"), not: fc.boolean() }),
);
const about = { path, not: fc.boolean() };
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.record({ ...about, operator: fc.constant("="), literal: scalar }),
  fc.record({ ...about, operator: fc.constantFrom("<", "<=", ">", ">="), literal: number }),
  fc.record({ ...about, operator: fc.constant("GLOB"), pattern: fc.array(globPart, { maxLength: 4 }) }),
  fc.record({
    ...about,
    operator: fc.constant("IN"),
    literals: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ ...about, operator: fc.constant("CONTAINS"), literal: scalar }),
  fc.record({ ...about, operator: fc.constant("HAS") }),
);
const { tree } = fc.letrec<{ tree: Tree }>((tie) => {
  const parts = fc.array(tie("tree"), { minLength: 2, maxLength: 3 });
  return {
    tree: fc.oneof({ maxDepth: 3 }, leaf, fc.record({ all: parts }), fc.record({ any: parts })),
  };
});
const writing = fc.record({
  gap: fc.constantFrom(" ", "  ", "\n\t"),
  quote: fc.constantFrom<("'" | '"')[]>("'", '"'),
  upper: fc.boolean(),
});
const metadata = fc.dictionary(
  name,
  fc.oneof(
    scalar,
    fc.constant(null),
    fc.array(fc.oneof(scalar, fc.dictionary(name, scalar, { maxKeys: 2 })), { maxLength: 3 }),
    fc.dictionary(name, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { maxKeys: 3 }),
  ),
);

test("any filter means what a plain reading of it means, however it is written", () => {
  fc.assert(
    fc.property(tree, writing, fc.array(metadata, { maxLength: 4 }), (tree, writing, records) => {
      const filter = parseFilter(print(tree, writing));
      for (const record of records) expect(matchesFilter(filter, record)).toBe(evaluate(tree, record));
    }),
    { numRuns: 2000 },
  );
});

test("with the index of metadata a filter finds the same rows, whatever was written before and since", () => {
  // What happens to one of a few rows: it gets metadata, or goes.
  const changes = fc.array(fc.record({ row: fc.nat(5), metadata: fc.option(metadata, { nil: undefined }) }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(tree, writing, fc.tuple(changes, changes), (tree, writing, rounds) => {
      const rows = new Map<number, unknown>();
      const index = createMetadataIndex(() => rows);
      const filter = parseFilter(print(tree, writing));
      for (const { row, metadata } of rounds.flatMap((round) => [
        ...round,
        { row: -1, metadata: undefined },
      ])) {
        if (row === -1) {
          const offered = index.candidates(filter, rows.size * 10) ?? [new Set(rows.keys())];
          const found = [...new Set(offered.flatMap((set) => [...set]))].filter((at) =>
            matchesFilter(filter, rows.get(at)),
          );
          const expected = [...rows.keys()].filter((at) => evaluate(tree, rows.get(at)));
          expect(found.sort()).toEqual(expected.sort());
        } else if (metadata) {
          rows.set(row, metadata);
          index.put(row, metadata);
        } else {
          rows.delete(row);
          index.remove(row);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

/** What the parser says of a text: where it cannot be read, or undefined where it can. */
function positionRefused(text: string): number | undefined {
  try {
    parseFilter(text);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(FilterError);
    const position = /^FilterError: Invalid filter: .* at position (\d+)\.$/su.exec(String(error))?.[1];
    expect(position).toBeDefined();
    return Number(position);
  }
}

test("text that is no filter is refused with a position within it, and nothing else happens", () => {
  const pieces = fc.constantFrom(
    "a",
    "=",
    "(",
    ")",
    "AND",
    "not",
    "IN",
    "'x",
    '"',
    "1e",
    "[#-",
    "has",
    ",",
    "\\",
    "\0",
  );
  const spoilt = fc
    .tuple(tree, writing, fc.nat(200), fc.nat(5), fc.string({ maxLength: 2 }))
    .map(([tree, writing, at, length, inserted]) => {
      const printed = print(tree, writing);
      return printed.slice(0, at) + inserted + printed.slice(at + length);
    });
  const garbage = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((parts) => parts.join(" ")),
    fc.nat(300).map((depth) => "(".repeat(depth)),
    spoilt,
  );
  fc.assert(
    fc.property(garbage, (text) => {
      const position = positionRefused(text) ?? 0;
      expect(position).toBeGreaterThanOrEqual(0);
      expect(position).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 500 },
  );
});

test("a character that begins nothing is refused where it stands", () => {
  fc.assert(
    fc.property(tree, writing, fc.constantFrom("$", "~", "{", "!", "é", "&"), (tree, writing, character) => {
      const printed = print(tree, writing);
      expect(positionRefused(`${printed} ${character}`)).toBe(printed.length + 1);
    }),
  );
});
