/** Longest normalised message, in characters. */
const longest = 200;

/** What changes from one occurrence of a failure to the next, most specific first. */
const varying: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "<url>"],
  [/\b[\w.+-]+@[\w-]+\.[\w.-]+/g, "<email>"],
  [/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”|«[^»]*»/g, "<text>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<id>"],
  [/\b[a-z]{2,12}_[0-9A-Za-z]{12,}\b/g, "<id>"],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, "<time>"],
  [/(?<![\w<])(?:\/[\w.-]+){2,}/g, "<path>"],
  [/\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b/gi, "<id>"],
  [/(?<![A-Za-z])\d+(?:[.,:]\d+)*/g, "<n>"],
];

/**
 * The first way to normalise, by which the fingerprints of version 1 were made: it is never changed, and what it takes
 * for a quotation (from one apostrophe to the next) is mended in normalise-message.ts.
 *
 * A message without what is particular to one occurrence (ids, numbers, times, addresses, quoted text), so
 * that the same failure of two documents gives the same text. Pure; normalising twice changes nothing.
 */
export function normaliseMessage1(message: string): string {
  const general = varying.reduce((text, [pattern, name]) => text.replace(pattern, name), message);
  return general.replace(/\s+/g, " ").trim().slice(0, longest);
}
