import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { fixedFields, personalFields } from "./fixed-fields.ts";
import { createRedact, foldName, redactedMark } from "./redact-fields.ts";
import { fieldName } from "./redaction-view.ts";

const hiding = (...fields: string[]) =>
  createRedact(fields.map((field) => ({ field, mark: redactedMark }) as const));

/** Payloads in which no key and no text is the one that is looked for. */
const payload = fc.object({
  key: fc.stringMatching(/^[a-z]{1,6}$/),
  values: [fc.integer(), fc.boolean(), fc.constant(null), fc.stringMatching(/^[a-z ]{0,12}$/)],
  withBigInt: false,
  maxDepth: 4,
});
const secret = "S3CR3T";
/** How the same name may be written. */
const spelling = fc.constantFrom("accountNumber", "account-number", "ACCOUNT_NUMBER", "Account-Number");
const wrapping = fc.constantFrom(
  (inner: unknown) => ({ outer: inner }),
  (inner: unknown) => [1, inner],
  (inner: unknown) => ({ text: JSON.stringify(inner) }),
  (inner: unknown) => ({ "a.b": inner }),
);
const value = fc.constantFrom<unknown>(secret, [secret], { deep: { er: secret } }, `{"x":"${secret}"}`);

test("a value of a named field is nowhere, however deep it lies and however its name is written", () => {
  fc.assert(
    fc.property(payload, spelling, spelling, value, fc.array(wrapping, { maxLength: 5 }), (...given) => {
      const [beside, key, field, hidden, wraps] = given;
      const inner: unknown = { ...beside, [key]: hidden };
      const whole = wraps.reduce<unknown>((made, wrap) => wrap(made), inner);
      const text = JSON.stringify(hiding(field)(whole));
      expect(text).not.toContain(secret);
      expect(text).toContain(redactedMark);
    }),
  );
});

test("what no rule names is the very same, and a payload is never changed", () => {
  fc.assert(
    fc.property(payload, fc.array(wrapping, { maxLength: 3 }), (inner, wraps) => {
      const whole = wraps.reduce<unknown>((made, wrap) => wrap(made), inner);
      const before = JSON.stringify(whole);
      expect(hiding("account-number")(whole)).toBe(whole);
      hiding("a*", "b", "outer")(whole);
      expect(JSON.stringify(whole)).toBe(before);
    }),
  );
});

test("what is hidden stays so when it is hidden again, and nothing beside it is touched", () => {
  fc.assert(
    fc.property(payload, value, (beside, hidden) => {
      const redact = hiding("account-number");
      const once = redact({ ...beside, accountNumber: hidden });
      expect(redact(once)).toEqual(once);
      expect(once).toEqual({ ...beside, accountNumber: redactedMark });
    }),
  );
});

describe("a field", () => {
  it.each([
    ["authorization", { headers: { Authorization: "x" } }, { headers: { Authorization: redactedMark } }],
    ["http.header.x", { "http.header.x": 1, x: 1 }, { "http.header.x": redactedMark, x: 1 }],
    ["header.x", { http: { header: { x: 1 } } }, { http: { header: { x: redactedMark } } }],
    ["header.x", { "http.header": { x: 1 }, header: 2 }, { "http.header": { x: redactedMark }, header: 2 }],
    ["header.x", { header: [{ x: 1 }, { y: 1 }] }, { header: [{ x: redactedMark }, { y: 1 }] }],
    ["x.header", { header: 1, "xx.header": 2 }, { header: 1, "xx.header": 2 }],
    ["card*", { cardNumber: 1, "card.x": 2 }, { cardNumber: redactedMark, "card.x": 2 }],
    ["*.x", { a: { x: 1 }, x: 2 }, { a: { x: redactedMark }, x: 2 }],
    ["x", { x: null, y: undefined }, { x: null, y: undefined }],
    ["x", { x: { y: 1 } }, { x: redactedMark }],
    ["x", { text: '{"x":1,"y":2}' }, { text: `{"x":"${redactedMark}","y":2}` }],
    ["x", { text: "{x: 1" }, { text: "{x: 1" }],
    ["a.x", { text: '{"a":{"x":"one","y":"tw' }, { text: redactedMark }],
    ["x", { text: '{"a":{"xx":"one","y":"tw' }, { text: '{"a":{"xx":"one","y":"tw' }],
    ["a+b", { aab: 1 }, { aab: 1 }],
  ])("%s hides of %j what it names", (field, given, shown) => {
    expect(hiding(field)(given)).toEqual(shown);
  });

  it("is told in time, whatever stars it has", () => {
    const long = { [`${"a".repeat(2_000)}b`]: 1 };
    expect(hiding("*a*a*a*c")(long)).toBe(long);
  });

  it.each(["", " ", "*", "*.*", "a..b", ".a", "a b", "a".repeat(101), "a/b"])("cannot be called %j", (name) =>
    expect(fieldName.safeParse(name).success).toBe(false),
  );

  it.each(["Authorization", " x ", "http.request.header.x-api-key", "*token", "a.*"])(
    "can be called %j",
    (name) => expect(fieldName.safeParse(name).success).toBe(true),
  );
});

test("what is always hidden is named so that the settings would take it, and once", () => {
  const all = [...fixedFields, ...personalFields];
  for (const field of all) expect(fieldName.safeParse(field).success, field).toBe(true);
  expect(new Set(all.map(foldName)).size).toBe(all.length);
});

test("what spans and facts say of tokens, keys and prices is not hidden by it", () => {
  const shown = {
    "gen_ai.usage.input_tokens": 3,
    "waybill.tokens": 3,
    createdKeyId: "key_1",
    revokedKeyId: "key_1",
    meter: "embedding.tokens",
    relationship: "none",
  };
  expect(hiding(...fixedFields, ...personalFields)(shown)).toBe(shown);
});
