import { expect, it } from "vitest";
import { type GoState, nextGo } from "./go-keys.ts";

const rest: GoState = { armedAtMs: null };
const paths: ReadonlyMap<string, string> = new Map([
  ["b", "/budgets"],
  ["f", "/files"],
]);

function press(...keys: readonly [key: string, atMs: number][]): (string | null)[] {
  let state = rest;
  return keys.map(([key, atMs]) => {
    const next = nextGo(state, key, atMs, (letter) => paths.get(letter) ?? null);
    state = next.state;
    return next.href;
  });
}

it("goes to a page when its letter follows g", () => {
  expect(press(["g", 0], ["b", 200])).toEqual([null, "/budgets"]);
  expect(press(["g", 0], ["f", 200])).toEqual([null, "/files"]);
});

it("forgets g when something else or nothing follows", () => {
  expect(press(["g", 0], ["x", 100], ["b", 200])).toEqual([null, null, null]);
  expect(press(["g", 0], ["b", 1_600])).toEqual([null, null]);
});

it("does nothing for a letter alone", () => {
  expect(press(["b", 0])).toEqual([null]);
});
