import { expect, it } from "vitest";
import { chooseAttempt } from "./choose-attempt.ts";

it("takes two attempts", () => {
  expect(chooseAttempt(["a"], "b")).toEqual(["a", "b"]);
});

it("lets a third take the place of the first", () => {
  expect(chooseAttempt(["a", "b"], "c")).toEqual(["b", "c"]);
});

it("gives back one that is chosen again", () => {
  expect(chooseAttempt(["a", "b"], "a")).toEqual(["b"]);
});
