import { expect, test } from "vitest";
import { newSecret, newSecrets } from "./ids.ts";

test("many secrets are as many different ones, each of the shape of a single one", () => {
  const shape = /^msg_[\w-]{43}$/;
  expect(newSecret("msg")).toMatch(shape);
  const many = newSecrets("msg", 100);
  expect(new Set(many).size).toBe(100);
  expect(many.filter((secret) => !shape.test(secret))).toEqual([]);
  expect(newSecrets("msg", 0)).toEqual([]);
});
