import { expect, test } from "vitest";
import { viewHref, viewQueryOf } from "./view-href.ts";

test("a view keeps filters and order, in one order, and neither the page of the list nor what is open", () => {
  expect(viewQueryOf("?sort=files&q=a+b&cursor=abc&do=new")).toBe("q=a+b&sort=files");
  expect(viewQueryOf("?sort=files&q=a+b")).toBe(viewQueryOf("?q=a+b&sort=files"));
  expect(viewQueryOf("")).toBe("");
});

test("a view leads to its page", () => {
  expect(viewHref({ page: "/failures", query: "q=a" })).toBe("/failures?q=a");
  expect(viewHref({ page: "/failures", query: "" })).toBe("/failures");
});
