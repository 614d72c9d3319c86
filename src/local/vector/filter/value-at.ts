import type { PathStep } from "./filter.ts";

/** What lies at a path in metadata; undefined where there is nothing. */
export function valueAt(metadata: unknown, path: readonly PathStep[]): unknown {
  let value = metadata;
  for (const step of path) value = stepInto(value, step);
  return value;
}

function stepInto(value: unknown, step: PathStep): unknown {
  if (step.kind !== "field") {
    return Array.isArray(value)
      ? value[step.kind === "index" ? step.index : value.length - step.index]
      : undefined;
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step.name)) return undefined;
  return Reflect.get(value, step.name);
}
