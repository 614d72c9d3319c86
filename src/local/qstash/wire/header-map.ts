import type { HeaderMap } from "../entities.ts";

/** A header name as Go writes it: `x-tenant-id` becomes `X-Tenant-Id`. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/(^|-)([a-z])/g, (_, before: string, letter: string) => {
    return before + letter.toUpperCase();
  });
}

/** Adds a value to a map under the canonical name. */
export function addHeader(map: HeaderMap, name: string, value: string): void {
  const key = canonicalName(name);
  // A destination may answer with any name: `__proto__` is there without ever having been added.
  map[key] = [...(Object.hasOwn(map, key) ? (map[key] ?? []) : []), value];
}

/** The first value of a header, whatever the case of its name. */
export function headerValue(map: HeaderMap, name: string): string | undefined {
  return map[canonicalName(name)]?.[0];
}
