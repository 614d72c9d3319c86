import { expect, test } from "vitest";
import { normaliseMessage1 } from "./normalise-message-1.ts";

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
  ["it can't be, it's gone", "it can<text>s gone"],
  ["two\n  lines", "two lines"],
  ["model text-embedding3 facade", "model text-embedding3 facade"],
])("%s becomes %s, for ever", (message, normalised) => {
  expect(normaliseMessage1(message)).toBe(normalised);
});
