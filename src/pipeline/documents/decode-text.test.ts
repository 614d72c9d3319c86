import { expect, it } from "vitest";
import { decodeText } from "./decode-text.ts";

const text = "Grüße, Köln";

it.each([
  ["UTF-8", Buffer.from(text)],
  ["UTF-8 with a byte-order mark", Buffer.from(`\ufeff${text}`)],
  ["UTF-16, low byte first", Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16, high byte first", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["latin-1", Buffer.from(text, "latin1")],
])("reads %s", (_, bytes) => {
  expect(decodeText(bytes)).toBe(text);
});
