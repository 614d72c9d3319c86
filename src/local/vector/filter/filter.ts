/** A value that a filter compares with. */
export type Literal = string | number | boolean;

/** One step into metadata: a field, an index from the start, or one from the end (1 is the last). */
export type PathStep =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "from-end"; readonly index: number };

/** Operators that compare a field with one literal. */
export type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** A parsed filter. `negated` stands for the NOT in front of the operator. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly parts: readonly Filter[] }
  | {
      readonly kind: "compare";
      readonly path: readonly PathStep[];
      readonly operator: ComparisonOperator;
      readonly literal: Literal;
    }
  | {
      readonly kind: "glob";
      readonly path: readonly PathStep[];
      readonly pattern: string;
      readonly negated: boolean;
    }
  | {
      readonly kind: "in";
      readonly path: readonly PathStep[];
      readonly literals: readonly Literal[];
      readonly negated: boolean;
    }
  | {
      readonly kind: "contains";
      readonly path: readonly PathStep[];
      readonly literal: Literal;
      readonly negated: boolean;
    }
  | { readonly kind: "has-field"; readonly path: readonly PathStep[]; readonly negated: boolean };

/** A filter that cannot be read; the message says where. */
export class FilterError extends Error {
  constructor(problem: string, position: number) {
    super(`Invalid filter: ${problem} at position ${position}.`);
    this.name = "FilterError";
  }
}
