import { expect, test } from "vitest";
import { typedWith } from "./typed-ahead.ts";

test.each([
  ["til", "e", "tile"],
  ["tile", " ", "tile "],
  ["", "ß", "ß"],
  ["tide", "Backspace", "tid"],
  ["🌊", "Backspace", ""],
  ["", "Backspace", ""],
  ["tide", "Enter", "tide"],
  ["tide", "Shift", "tide"],
  ["tide", "ArrowLeft", "tide"],
])("%j and %s make %j", (text, key, typed) => {
  expect(typedWith(text, key)).toBe(typed);
});
