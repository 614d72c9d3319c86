import { type ComparisonOperator, type Filter, FilterError, type Literal, type PathStep } from "./filter.ts";
import { parsePath } from "./parse-path.ts";
import { type Token, tokenize } from "./tokenize.ts";

const comparisons: ReadonlySet<string> = new Set<ComparisonOperator>(["=", "!=", "<", "<=", ">", ">="]);
const maxDepth = 100;

/**
 * Reads a metadata filter, for example `age >= 23 AND (type = 'cat' OR tags CONTAINS 'tame')`.
 * AND binds tighter than OR; keywords may be in any case.
 * @throws FilterError that names what was expected and where
 */
export function parseFilter(text: string): Filter {
  const reader = createReader(tokenize(text));
  const filter = parseOr(reader, 0);
  if (reader.peek().kind !== "end") throw reader.expected("AND, OR or the end");
  return filter;
}

function parseOr(reader: Reader, depth: number): Filter {
  const parts = [parseAnd(reader, depth)];
  while (reader.takeWord("OR")) parts.push(parseAnd(reader, depth));
  return single(parts) ?? { kind: "or", parts };
}

function parseAnd(reader: Reader, depth: number): Filter {
  const parts = [parseTerm(reader, depth)];
  while (reader.takeWord("AND")) parts.push(parseTerm(reader, depth));
  return single(parts) ?? { kind: "and", parts };
}

function single(parts: readonly Filter[]): Filter | undefined {
  return parts.length === 1 ? parts[0] : undefined;
}

function parseTerm(reader: Reader, depth: number): Filter {
  if (depth > maxDepth) throw new FilterError("parentheses are nested too deep", reader.peek().position);
  if (reader.takeSymbol("(")) {
    const inner = parseOr(reader, depth + 1);
    if (!reader.takeSymbol(")")) throw reader.expected("')'");
    return inner;
  }
  if (reader.isWord("HAS") && (reader.isWord("FIELD", 1) || reader.isWord("NOT", 1))) return parseHas(reader);
  return parseOperation(reader, parseField(reader));
}

function parseHas(reader: Reader): Filter {
  reader.takeWord("HAS");
  const negated = reader.takeWord("NOT");
  if (!reader.takeWord("FIELD")) throw reader.expected("FIELD");
  return { kind: "has-field", path: parseField(reader), negated };
}

function parseField(reader: Reader): PathStep[] {
  const token = reader.peek();
  if (token.kind !== "word") throw reader.expected("a field");
  reader.next();
  return parsePath(token.text, token.position);
}

function parseOperation(reader: Reader, path: readonly PathStep[]): Filter {
  const operator = reader.peek();
  if (operator.kind === "symbol" && isComparison(operator.text)) {
    reader.next();
    return parseComparison(reader, path, operator.text);
  }
  const negated = reader.takeWord("NOT");
  if (reader.takeWord("GLOB")) {
    const pattern = reader.peek();
    if (pattern.kind !== "string") throw reader.expected("a pattern in quotes");
    reader.next();
    return { kind: "glob", path, pattern: pattern.text, negated };
  }
  if (reader.takeWord("IN")) return { kind: "in", path, literals: parseList(reader), negated };
  if (reader.takeWord("CONTAINS")) return { kind: "contains", path, literal: parseLiteral(reader), negated };
  throw reader.expected(negated ? "GLOB, IN or CONTAINS" : "an operator");
}

function parseComparison(reader: Reader, path: readonly PathStep[], operator: ComparisonOperator): Filter {
  const literal = parseLiteral(reader);
  if (operator !== "=" && operator !== "!=" && typeof literal !== "number") {
    throw new FilterError(`${operator} compares with a number`, reader.peek().position);
  }
  return { kind: "compare", path, operator, literal };
}

function parseList(reader: Reader): Literal[] {
  if (!reader.takeSymbol("(")) throw reader.expected("'('");
  const literals = [parseLiteral(reader)];
  while (reader.takeSymbol(",")) literals.push(parseLiteral(reader));
  if (!reader.takeSymbol(")")) throw reader.expected("',' or ')'");
  return literals;
}

function parseLiteral(reader: Reader): Literal {
  if (reader.takeWord("TRUE")) return true;
  if (reader.takeWord("FALSE")) return false;
  const token = reader.peek();
  if (token.kind !== "string" && token.kind !== "number") throw reader.expected("a value");
  reader.next();
  return token.kind === "number" ? token.value : token.text;
}

function isComparison(symbol: string): symbol is ComparisonOperator {
  return comparisons.has(symbol);
}

interface Reader {
  peek(): Token;
  next(): void;
  isWord(keyword: string, ahead?: number): boolean;
  takeWord(keyword: string): boolean;
  takeSymbol(symbol: string): boolean;
  expected(what: string): FilterError;
}

function createReader(tokens: readonly Token[]): Reader {
  let at = 0;
  const tokenAt = (index: number): Token => tokens[index] ?? { kind: "end", text: "", position: 0 };
  const takeIf = (matches: boolean) => {
    if (matches) at += 1;
    return matches;
  };
  const isWord = (keyword: string, ahead = 0) => {
    const token = tokenAt(at + ahead);
    return token.kind === "word" && token.text.toUpperCase() === keyword;
  };
  return {
    peek: () => tokenAt(at),
    next: () => {
      at += 1;
    },
    isWord,
    takeWord: (keyword) => takeIf(isWord(keyword)),
    takeSymbol: (symbol) => takeIf(tokenAt(at).kind === "symbol" && tokenAt(at).text === symbol),
    expected(what) {
      const token = tokenAt(at);
      const found = token.kind === "end" ? "the end" : JSON.stringify(token.text);
      return new FilterError(`expected ${what}, found ${found}`, token.position);
    },
  };
}
