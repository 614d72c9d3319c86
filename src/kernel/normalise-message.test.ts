import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseMessage } from "./normalise-message.ts";

test.each([
  ["The page tree is cut off at page 3.", "The page tree is cut off at page <n>."],
  ["gateway answered 503 after 1.5 s", "gateway answered <n> after <n> s"],
  ["no vector for chunk chunk_0d0b8f0f5b7d4c2a9c1e", "no vector for chunk <id>"],
  ["run 3f2504e0-4f89-41d3-9a0c-0305e82c3301 is gone", "run <id> is gone"],
  ["cannot open /tmp/waybill-originals/abc.part", "cannot open <path>"],
  ["GET https://blob.test/a?b=c answered 404", "GET <url> answered <n>"],
  ["Unexpected token \"S\" in 'x y'", "Unexpected token <text> in <text>"],
  ["lease of 2026-05-01T10:00:00.000Z ran out", "lease of <time> ran out"],
  ["mail to a.person@example.org was refused", "mail to <email> was refused"],
  ["hash deadbeef0123 is another", "hash <id> is another"],
  ["two\n  lines", "two lines"],
  ["model text-embedding3 facade", "model text-embedding3 facade"],
])("%s becomes %s", (message, normalised) => {
  expect(normaliseMessage(message)).toBe(normalised);
});

test("two occurrences that differ in ids and numbers alone are one message", () => {
  const message = (page: number, id: string) =>
    `Page ${page} of file_${id} cannot be read within ${page} ms.`;
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.stringMatching(/^[0-9a-f]{32}$/),
      fc.stringMatching(/^[0-9a-f]{32}$/),
      (a, b, idA, idB) => {
        expect(normaliseMessage(message(a, idA))).toBe(normaliseMessage(message(b, idB)));
      },
    ),
  );
});

test("normalising twice changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 150 }), (message) => {
      const once = normaliseMessage(message);
      expect(normaliseMessage(once)).toBe(once);
    }),
  );
});
