import { expect, test } from "vitest";
import { keyMeant, type PageKey } from "./page-keys.ts";

const key = (does: string, more: Partial<PageKey> = {}): PageKey => ({
  hotkey: "r",
  does,
  press: () => undefined,
  ...more,
});

test("a key that has something to act on goes before one that always has, and that before one that has nothing", () => {
  const whole = key("the whole");
  const row = key("the row", { ready: () => true });
  const none = key("no row", { ready: () => false });
  expect(keyMeant([whole, row], "r")).toBe(row);
  expect(keyMeant([none, whole], "r")).toBe(whole);
  expect(keyMeant([none], "r")).toBe(none);
  expect(keyMeant([none, whole, row], "x")).toBeUndefined();
});
