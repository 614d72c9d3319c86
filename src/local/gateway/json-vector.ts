const decimals = 6;
const scale = 10 ** decimals;
const zero = 0x30;
const minus = 0x2d;
const point = 0x2e;
/** The digits of 000 to 999, so that a number is two look-ups and no division by ten. */
const threeDigits = new TextEncoder().encode(
  Array.from({ length: 1000 }, (_, group) => String(group).padStart(3, "0")).join(""),
);
/** `-0.123456,` is the longest number there is. */
const maxBytesPerNumber = decimals + 4;

/**
 * Writes unit vectors as the JSON array of their numbers, rounded to six decimals. By hand, because printing
 * fifteen hundred doubles costs more than computing them.
 */
export function vectorsToJson(vectors: readonly Float64Array[]): Uint8Array<ArrayBuffer> {
  const numbers = vectors.reduce((sum, vector) => sum + vector.length, 0);
  const bytes = new Uint8Array(numbers * maxBytesPerNumber + vectors.length * 3 + 2);
  let at = 0;
  bytes[at++] = 0x5b;
  for (const [index, vector] of vectors.entries()) {
    if (index > 0) bytes[at++] = 0x2c;
    bytes[at++] = 0x5b;
    for (const value of vector) {
      at = writeNumber(bytes, at, Math.round(value * scale));
      bytes[at++] = 0x2c;
    }
    // The last comma of a vector becomes its bracket.
    bytes[at - 1] = 0x5d;
  }
  bytes[at++] = 0x5d;
  return bytes.slice(0, at);
}

/** Writes `millionths / 1,000,000` for a value between -1 and 1 and returns the next position. */
function writeNumber(bytes: Uint8Array, from: number, millionths: number): number {
  let at = from;
  const size = Math.abs(millionths);
  if (millionths < 0) bytes[at++] = minus;
  if (size === 0 || size >= scale) {
    bytes[at] = zero + Math.sign(size);
    return at + 1;
  }
  bytes[at] = zero;
  bytes[at + 1] = point;
  const thousandths = (size / 1000) | 0;
  writeGroup(bytes, at + 2, thousandths);
  writeGroup(bytes, at + 5, size - thousandths * 1000);
  return at + 8;
}

function writeGroup(bytes: Uint8Array, at: number, group: number): void {
  const digits = group * 3;
  bytes[at] = threeDigits[digits] ?? zero;
  bytes[at + 1] = threeDigits[digits + 1] ?? zero;
  bytes[at + 2] = threeDigits[digits + 2] ?? zero;
}
