/** The delay that an expression gives, in ms, by the number of retries there were. */
export type RetryDelay = (retried: number) => number;

const functions = new Map<string, { arity: number; apply: (...args: number[]) => number }>([
  ["pow", { arity: 2, apply: Math.pow }],
  ["sqrt", { arity: 1, apply: Math.sqrt }],
  ["abs", { arity: 1, apply: Math.abs }],
  ["exp", { arity: 1, apply: Math.exp }],
  ["floor", { arity: 1, apply: Math.floor }],
  ["ceil", { arity: 1, apply: Math.ceil }],
  ["round", { arity: 1, apply: Math.round }],
  ["min", { arity: 2, apply: Math.min }],
  ["max", { arity: 2, apply: Math.max }],
]);
const operators = new Map<string, { binds: number; apply: (left: number, right: number) => number }>([
  ["+", { binds: 1, apply: (left, right) => left + right }],
  ["-", { binds: 1, apply: (left, right) => left - right }],
  ["*", { binds: 2, apply: (left, right) => left * right }],
  ["/", { binds: 2, apply: (left, right) => left / right }],
]);
/** How much stronger a sign before a number binds than any operator. */
const signBinds = 3;
const maxDepth = 100;
/** Longer ones would be evaluated as deep as they are long. */
const maxLength = 1000;

/**
 * Reads an expression of `Upstash-Retry-Delay`: numbers, `retried`, + - * / ( ) and the functions above.
 * Operator precedence parsing; nothing of the text is ever executed.
 * @throws SyntaxError that names what is wrong
 */
export function parseRetryDelay(text: string): RetryDelay {
  if (text.length > maxLength) throw new SyntaxError(`it is longer than ${maxLength} characters`);
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;

  const take = (expected: string) => {
    const token = tokens[at++];
    if (token !== expected) throw new SyntaxError(`expected "${expected}" but found ${name(token)}`);
  };
  const expression = (binds: number): RetryDelay => {
    depth += 1;
    if (depth > maxDepth) throw new SyntaxError("it is nested too deeply");
    let left = operand();
    for (;;) {
      const operator = operators.get(tokens[at] ?? "");
      if (operator === undefined || operator.binds < binds) break;
      at += 1;
      const [before, after] = [left, expression(operator.binds + 1)];
      left = (retried) => operator.apply(before(retried), after(retried));
    }
    depth -= 1;
    return left;
  };
  const operand = (): RetryDelay => {
    const token = tokens[at++];
    if (token === "-" || token === "+") {
      const signed = expression(signBinds);
      return token === "-" ? (retried) => -signed(retried) : signed;
    }
    if (token === "(") {
      const inner = expression(1);
      take(")");
      return inner;
    }
    if (token === "retried") return (retried) => retried;
    if (token !== undefined && /^[\d.]/.test(token)) return () => Number(token);
    return call(token);
  };
  const call = (token: string | undefined): RetryDelay => {
    const called = functions.get(token ?? "");
    if (called === undefined) throw new SyntaxError(`unexpected ${name(token)}`);
    take("(");
    const args = [expression(1)];
    while (tokens[at] === ",") {
      at += 1;
      args.push(expression(1));
    }
    take(")");
    if (args.length !== called.arity) {
      throw new SyntaxError(`${token} takes ${called.arity} arguments, not ${args.length}`);
    }
    return (retried) => called.apply(...args.map((arg) => arg(retried)));
  };

  const whole = expression(1);
  if (at < tokens.length) throw new SyntaxError(`unexpected ${name(tokens[at])}`);
  return whole;
}

function tokenize(text: string): string[] {
  const tokens = text.match(/\d+(?:\.\d+)?|\.\d+|[a-z]+|[^\s]/gi) ?? [];
  return tokens.map((token) => token.toLowerCase());
}

function name(token: string | undefined): string {
  return token === undefined ? "the end" : `"${token}"`;
}
