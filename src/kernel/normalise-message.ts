/** Longest normalised message, in characters. */
const longest = 200;

/**
 * What changes from one occurrence of a failure to the next, most specific first. Quotations come before all, as
 * anything may stand in them. Digits of a hash and of a number have one name, since some hashes have no letter in them.
 */
const varying: readonly (readonly [RegExp, string])[] = [
  [/"[^"]*"|`[^`]*`|“[^”]*”|«[^»]*»/g, "<text>"],
  // An apostrophe within a word opens and closes nothing.
  [/(?<![\w>])'[^']*'(?![\w<])/g, "<text>"],
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "<url>"],
  [/\b[\w.+-]+@[\w-]+\.[\w.-]+/g, "<email>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<id>"],
  // Small letters alone are words, such as those of an error code.
  [/\b[a-z]{2,12}_(?=[a-z]*[0-9A-Z])[0-9A-Za-z]{12,}\b/g, "<id>"],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, "<time>"],
  [/\b[A-Z]:(?:\\[\w.-]+)+/g, "<path>"],
  [/(?<![\w<>])(?:\/[\w.-]+){2,}/g, "<path>"],
  [/\b(?=\d*[a-f])[0-9a-f]{8,}\b/gi, "<n>"],
  [/(?<![A-Za-z])\d+(?:[.,:]\d+)*/g, "<n>"],
];

/**
 * A message without what is particular to one occurrence (ids, numbers, times, addresses, quoted text), so that the
 * same failure of two documents gives the same text. Pure; normalising twice changes nothing. The fingerprints of
 * version 2 are made by it (jobs/fingerprinters.ts): what is to be normalised in another way is another version.
 */
export function normaliseMessage(message: string): string {
  const general = varying.reduce((text, [pattern, name]) => text.replace(pattern, name), message);
  return general.replace(/\s+/g, " ").trim().slice(0, longest);
}
