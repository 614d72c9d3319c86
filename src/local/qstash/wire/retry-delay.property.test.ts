import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRetryDelay } from "./retry-delay.ts";

type Operator = "+" | "-" | "*" | "/";
type Expression =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "retried" }
  | { readonly kind: "minus"; readonly of: Expression }
  | {
      readonly kind: "binary";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

const functions: Readonly<Record<string, (a: number, b: number) => number>> = {
  pow: (a, b) => a ** b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  sqrt: Math.sqrt,
  abs: Math.abs,
  exp: Math.exp,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
};
const arityOf = (name: string) => (["pow", "min", "max"].includes(name) ? 2 : 1);

const expressions = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", maxDepth: 5, withCrossShrink: true },
    fc.nat(5000).map((n): Expression => ({ kind: "number", text: String(n) })),
    fc.constantFrom("0.5", ".25", "12.125").map((text): Expression => ({ kind: "number", text })),
    fc.constant<Expression>({ kind: "retried" }),
    tie("tree").map((of): Expression => ({ kind: "minus", of })),
    fc
      .tuple(fc.constantFrom<Operator>("+", "-", "*", "/"), tie("tree"), tie("tree"))
      .map(([operator, left, right]): Expression => ({ kind: "binary", operator, left, right })),
    fc
      .tuple(fc.constantFrom(...Object.keys(functions)), tie("tree"), tie("tree"))
      .map(([name, ...args]): Expression => ({ kind: "call", name, args: args.slice(0, arityOf(name)) })),
  ),
})).tree;

/** How strongly what an expression ends in binds: where it binds less than its place asks, it needs parentheses. */
function strength(tree: Expression): number {
  if (tree.kind === "binary") return tree.operator === "+" || tree.operator === "-" ? 1 : 2;
  return tree.kind === "minus" ? 3 : 4;
}

/** Prints with the fewest parentheses, and by chance with more, and with spaces by chance. */
function print(tree: Expression, chance: () => boolean, place = 0): string {
  const gap = () => (chance() ? " " : chance() ? " \t" : "");
  const text = printBare(tree, chance, gap);
  return strength(tree) < place || chance() ? `(${gap()}${text}${gap()})` : text;
}

function printBare(tree: Expression, chance: () => boolean, gap: () => string): string {
  switch (tree.kind) {
    case "number":
      return tree.text;
    case "retried":
      return "retried";
    case "minus":
      return `-${gap()}${print(tree.of, chance, 3)}`;
    case "binary": {
      const own = strength(tree);
      // Operators of one strength are taken from left to right.
      const [left, right] = [print(tree.left, chance, own), print(tree.right, chance, own + 1)];
      return `${left}${gap()}${tree.operator}${gap()}${right}`;
    }
    case "call":
      return `${tree.name}${gap()}(${tree.args.map((arg) => print(arg, chance)).join(`${gap()},${gap()}`)})`;
  }
}

function evaluate(tree: Expression, retried: number): number {
  switch (tree.kind) {
    case "number":
      return Number(tree.text);
    case "retried":
      return retried;
    case "minus":
      return -evaluate(tree.of, retried);
    case "binary": {
      const [left, right] = [evaluate(tree.left, retried), evaluate(tree.right, retried)];
      if (tree.operator === "+") return left + right;
      if (tree.operator === "-") return left - right;
      return tree.operator === "*" ? left * right : left / right;
    }
    case "call": {
      const [a = Number.NaN, b = Number.NaN] = tree.args.map((arg) => evaluate(arg, retried));
      return functions[tree.name]?.(a, b) ?? Number.NaN;
    }
  }
}

test("an expression has the value of its tree, however it is spaced and parenthesised", () => {
  const chances = fc.infiniteStream(fc.constantFrom(true, false, false, false));
  fc.assert(
    fc.property(expressions, chances, fc.nat(10), (tree, chance, retried) => {
      const text = print(tree, () => chance.next().value);
      fc.pre(text.length <= 1000);
      expect(parseRetryDelay(text)(retried)).toEqual(evaluate(tree, retried));
    }),
    { numRuns: 500 },
  );
});

test("any text is an expression with a number for a value, or refused with a SyntaxError", () => {
  const words = ["retried", "pow", "min", "x", "constructor", "__proto__", "//", "\u0000", "é", "1e9"];
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(..."0123456789.+-*/(), ", ...words) }),
  );
  fc.assert(
    fc.property(text, (expression) => {
      try {
        expect(typeof parseRetryDelay(expression)(1)).toBe("number");
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
    { numRuns: 500 },
  );
});
