import { expect, test } from "vitest";
import { expiryOf } from "./key-expiry.ts";

const now = new Date("2026-05-01T10:00:00Z");

test.each([
  ["7", "2026-05-08T10:00:00.000Z"],
  ["365", "2027-05-01T10:00:00.000Z"],
  ["", null],
])("a key for %j days is valid until %j", (days, until) => {
  expect(expiryOf(days, now)).toBe(until);
});
