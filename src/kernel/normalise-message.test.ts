import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseMessage } from "./normalise-message.ts";

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const word = fc.stringMatching(/^[a-z]{3,10}$/);
const part = fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,11}$/);
/** What may stand between quotes: also what looks like something else. */
const quoted = fc.stringMatching(/^[A-Za-z0-9 ._:/-]{1,20}$/);

/** What is particular to one occurrence, by kind. */
const kinds = {
  number: fc.oneof(
    fc.nat().map(String),
    fc.double({ min: 0, max: 1e12, noNaN: true }).map((n) => n.toFixed(2)),
  ),
  "number with a unit": fc.nat().map((n) => `${n}ms`),
  uuid: fc.uuid(),
  "id with a prefix": hex(32).map((digits) => `file_${digits}`),
  hash: hex(64),
  "short hash": hex(8),
  time: fc
    .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  path: fc.array(part, { minLength: 2, maxLength: 5 }).map((parts) => `/${parts.join("/")}`),
  "quoted text": quoted.map((text) => `"${text}"`),
  "text in single quotes": quoted.map((text) => `'${text}'`),
  "text in backticks": quoted.map((text) => `\`${text}\``),
  address: fc.tuple(word, part).map(([host, path]) => `https://${host}.test/${path}?a=${path}`),
} satisfies Record<string, fc.Arbitrary<string>>;

const sentences = [
  (what: string) => `Cannot read ${what} of the document.`,
  (what: string) => `The step didn't end: ${what}, and wasn't tried again`,
  (what: string) => `${what} is gone (it was there before)`,
  (what: string) => `answered ${what}`,
];

test.each([
  ["The page tree is cut off at page 3.", "The page tree is cut off at page <n>."],
  ["gateway answered 503 after 1.5 s", "gateway answered <n> after <n> s"],
  ["no vector for chunk chunk_0d0b8f0f5b7d4c2a9c1e", "no vector for chunk <id>"],
  ["run 3f2504e0-4f89-41d3-9a0c-0305e82c3301 is gone", "run <id> is gone"],
  ["cannot open /tmp/waybill-originals/abc.part", "cannot open <path>"],
  ["cannot open C:\\originals\\abc.part", "cannot open <path>"],
  ["GET https://blob.test/a?b=c answered 404", "GET <url> answered <n>"],
  ["Unexpected token \"S\" in 'x y'", "Unexpected token <text> in <text>"],
  ["it can't be, it's gone", "it can't be, it's gone"],
  ["the users' file 'a'", "the users' file <text>"],
  ["lease of 2026-05-01T10:00:00.000Z ran out", "lease of <time> ran out"],
  ["mail to a.person@example.org was refused", "mail to <email> was refused"],
  ["hash deadbeef0123 is another", "hash <n> is another"],
  ["code provider_unauthorized was met", "code provider_unauthorized was met"],
  ["two\n  lines", "two lines"],
  ["model text-embedding3 facade", "model text-embedding3 facade"],
])("%s becomes %s", (message, normalised) => {
  expect(normaliseMessage(message)).toBe(normalised);
});

test.each(Object.entries(kinds))("no %s splits a group", (_, kind) => {
  fc.assert(
    fc.property(kind, kind, fc.constantFrom(...sentences), (a, b, sentence) => {
      expect(normaliseMessage(sentence(a))).toBe(normaliseMessage(sentence(b)));
    }),
    { numRuns: 500 },
  );
});

test("several of them in one sentence do not split a group either", () => {
  const several = fc.tuple(kinds.number, kinds.uuid, kinds.path, kinds["text in single quotes"], kinds.time);
  const sentence = ([n, id, path, text, time]: readonly string[]) =>
    `Page ${n} of ${id} in ${path} can't follow ${text} since ${time}, it's lost.`;
  fc.assert(
    fc.property(several, several, (a, b) => {
      expect(normaliseMessage(sentence(a))).toBe(normaliseMessage(sentence(b)));
    }),
  );
});

test("another word is another group, wherever it stands", () => {
  fc.assert(
    fc.property(word, word, fc.constantFrom(...sentences), (a, b, sentence) => {
      fc.pre(a !== b && ![a, b].some((one) => /^[a-f]{8,}$/.test(one)));
      // Eight letters from a to f are taken for a hash.
      expect(normaliseMessage(sentence(a))).not.toBe(normaliseMessage(sentence(b)));
    }),
  );
});

test("normalising twice changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 150 }), (message) => {
      const once = normaliseMessage(message);
      expect(normaliseMessage(once)).toBe(once);
    }),
    { numRuns: 1000 },
  );
});
