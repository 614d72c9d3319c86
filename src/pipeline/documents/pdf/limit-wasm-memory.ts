const memorySection = 5;
const pageBytes = 65_536;

/**
 * Lowers the maximum that a WebAssembly module declares for its memory, so that the engine itself refuses to
 * grow beyond it, even in the middle of one hostile page. The maximum stays as it is when it is lower already.
 * @returns a copy of the module, of the same length
 * @throws TypeError when the module declares no memory with a maximum
 */
export function limitWasmMemory(module: Uint8Array, limitBytes: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(module);
  let at = 8;
  while (at < copy.length) {
    const id = copy[at];
    const size = readLeb(copy, at + 1);
    if (id === memorySection) {
      const count = readLeb(copy, size.next);
      const hasMaximum = ((copy[count.next] ?? 0) & 1) === 1;
      if (count.value !== 1 || !hasMaximum) break;
      const minimum = readLeb(copy, count.next + 1);
      const maximum = readLeb(copy, minimum.next);
      const pages = Math.max(minimum.value, Math.min(maximum.value, Math.floor(limitBytes / pageBytes)));
      writeLeb(copy, minimum.next, maximum.next, pages);
      return copy;
    }
    at = size.next + size.value;
  }
  throw new TypeError("The WebAssembly module declares no memory with a maximum.");
}

/** An unsigned LEB128 number and the place after it. */
function readLeb(bytes: Uint8Array, from: number): { value: number; next: number } {
  let value = 0;
  let next = from;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next] ?? 0;
    next += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if ((byte & 0x80) === 0) return { value, next };
  }
}

/** Fills the bytes from `from` up to `end` with the number, padded so that nothing after it moves. */
function writeLeb(bytes: Uint8Array, from: number, end: number, value: number): void {
  let rest = value;
  for (let at = from; at < end; at += 1) {
    bytes[at] = (rest & 0x7f) | (at < end - 1 ? 0x80 : 0);
    rest >>>= 7;
  }
}
