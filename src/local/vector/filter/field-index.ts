import type { ComparisonOperator, Literal } from "./filter.ts";

/** The values of one field, row by row, and the rows of each value. */
export interface FieldIndex {
  put(row: number, value: unknown): void;
  remove(row: number): void;
  /** The rows whose value stands so to the literal; undefined where the index does not help. */
  comparing(operator: ComparisonOperator, literal: Literal): ReadonlySet<number>[] | undefined;
  equalTo(literals: readonly Literal[]): ReadonlySet<number>[];
  /** The rows whose value is an array with this item. */
  containing(literal: Literal): ReadonlySet<number>[];
  /** The rows that have the field. */
  present(): ReadonlySet<number>[];
}

/** An empty index. */
export function createFieldIndex(): FieldIndex {
  const storedValue = new Map<number, unknown>();
  const rowsOf = new Map<unknown, Set<number>>();
  const rowsWith = new Map<unknown, Set<number>>();
  const having = new Set<number>();
  /** The numbers among the values in their order; made when asked for. */
  let numbers: readonly number[] | undefined;

  const remove = (row: number) => {
    if (!having.delete(row)) return;
    const value = storedValue.get(row);
    storedValue.delete(row);
    for (const item of itemsOf(value)) takeOut(rowsWith, item, row);
    if (takeOut(rowsOf, value, row) && typeof value === "number") numbers = undefined;
  };
  const setsFor = (sets: ReadonlyMap<unknown, Set<number>>, literal: Literal) =>
    asStored(literal).flatMap((value) => {
      const rows = sets.get(value);
      return rows ? [rows] : [];
    });
  const equalTo = (literals: readonly Literal[]) =>
    [...new Set(literals)].flatMap((literal) => setsFor(rowsOf, literal));

  return {
    remove,
    put(row, value) {
      remove(row);
      if (value === undefined) return;
      having.add(row);
      storedValue.set(row, value);
      for (const item of itemsOf(value)) putIn(rowsWith, item, row);
      if (isScalar(value) && putIn(rowsOf, value, row) && typeof value === "number") numbers = undefined;
    },
    comparing(operator, literal) {
      if (operator === "=") return equalTo([literal]);
      if (operator === "!=" || typeof literal !== "number") return undefined;
      numbers ??= [...rowsOf.keys()].filter((key) => typeof key === "number").sort((a, b) => a - b);
      return numbers
        .filter((value) => stands(value, operator, literal))
        .flatMap((value) => rowsOf.get(value) ?? []);
    },
    equalTo,
    containing: (literal) => setsFor(rowsWith, literal),
    present: () => [having],
  };
}

/** A number in a filter also stands for a boolean: 1 for true, 0 for false. */
function asStored(literal: Literal): Literal[] {
  if (literal === 0) return [0, false];
  if (literal === 1) return [1, true];
  return [literal];
}

function stands(value: number, operator: "<" | "<=" | ">" | ">=", literal: number): boolean {
  if (operator === "<") return value < literal;
  if (operator === "<=") return value <= literal;
  return operator === ">" ? value > literal : value >= literal;
}

function itemsOf(value: unknown): Iterable<unknown> {
  return Array.isArray(value) ? new Set(value.filter(isScalar)) : [];
}

function isScalar(value: unknown): value is Literal {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** @returns whether the key is new */
function putIn(sets: Map<unknown, Set<number>>, key: unknown, row: number): boolean {
  const rows = sets.get(key);
  if (rows) rows.add(row);
  else sets.set(key, new Set([row]));
  return rows === undefined;
}

/** @returns whether the key is gone */
function takeOut(sets: Map<unknown, Set<number>>, key: unknown, row: number): boolean {
  const rows = sets.get(key);
  if (!rows) return false;
  rows.delete(row);
  return rows.size === 0 && sets.delete(key);
}
