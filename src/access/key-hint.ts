const hintCharacters = 6;

/** The first characters of a key, to tell keys apart in a list. */
export function hintOf(key: string): string {
  return key.slice(0, hintCharacters);
}
