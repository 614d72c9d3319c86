import { assertNever } from "../../../kernel/assert-never.ts";
import type { ComparisonOperator, Filter, Literal } from "./filter.ts";
import { matchGlob } from "./match-glob.ts";
import { valueAt } from "./value-at.ts";

/**
 * Whether a record's metadata satisfies the filter. An operator on a field that is not there, or is of
 * another type, is not satisfied, NOT and != included; `HAS NOT FIELD` asks for absence.
 */
export function matchesFilter(filter: Filter, metadata: unknown): boolean {
  switch (filter.kind) {
    case "and":
      return filter.parts.every((part) => matchesFilter(part, metadata));
    case "or":
      return filter.parts.some((part) => matchesFilter(part, metadata));
    case "has-field":
      return (valueAt(metadata, filter.path) === undefined) === filter.negated;
    case "compare":
      return compare(valueAt(metadata, filter.path), filter.operator, filter.literal);
    case "glob": {
      const value = valueAt(metadata, filter.path);
      return typeof value === "string" && matchGlob(filter.pattern, value) !== filter.negated;
    }
    case "in": {
      const value = valueAt(metadata, filter.path);
      return isScalar(value) && filter.literals.some((literal) => equal(value, literal)) !== filter.negated;
    }
    case "contains": {
      const value = valueAt(metadata, filter.path);
      return Array.isArray(value) && value.some((item) => equal(item, filter.literal)) !== filter.negated;
    }
    default:
      return assertNever(filter);
  }
}

function compare(value: unknown, operator: ComparisonOperator, literal: Literal): boolean {
  if (operator === "=") return equal(value, literal);
  if (operator === "!=") return isScalar(value) && !equal(value, literal);
  if (typeof value !== "number" || typeof literal !== "number") return false;
  switch (operator) {
    case "<":
      return value < literal;
    case "<=":
      return value <= literal;
    case ">":
      return value > literal;
    case ">=":
      return value >= literal;
    default:
      return assertNever(operator);
  }
}

/** Booleans may be written as true and false or as 1 and 0. */
function equal(value: unknown, literal: Literal): boolean {
  if (typeof value === "boolean" && typeof literal === "number") return Number(value) === literal;
  return value === literal;
}

function isScalar(value: unknown): value is Literal {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
