import { expect, it } from "vitest";
import { limitWasmMemory } from "./limit-wasm-memory.ts";

const pageBytes = 65_536;
/** A module that exports a memory of 1 page that may grow to 1,000. */
const wasm = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[5, 5, 1, 1, 1, 0xe8, 0x07],
  ...[7, 5, 1, 1, 0x6d, 2, 0],
]);

async function memoryOf(module: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Memory> {
  const { instance } = await WebAssembly.instantiate(module);
  const memory = instance.exports.m;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError("The module exports no memory.");
  return memory;
}

it("lets the memory grow to the limit and no further", async () => {
  const memory = await memoryOf(limitWasmMemory(wasm, 10 * pageBytes));
  expect(memory.grow(9)).toBe(1);
  expect(() => memory.grow(1)).toThrow(RangeError);
});

it("never raises the maximum that the module declares", async () => {
  const memory = await memoryOf(limitWasmMemory(wasm, 5000 * pageBytes));
  expect(() => memory.grow(1000)).toThrow(RangeError);
});

it("leaves the module given to it as it was", () => {
  const before = wasm.slice();
  limitWasmMemory(wasm, pageBytes);
  expect(wasm).toEqual(before);
});

it("refuses a module whose memory has no maximum", () => {
  const unlimited = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 0, 1]);
  expect(() => limitWasmMemory(unlimited, pageBytes)).toThrow(TypeError);
});
