import { expect, it } from "vitest";
import { toggled } from "./toggled.ts";

const all = ["queued", "running", "failed"] as const;

it("switches one on, in the order of all", () => {
  expect(toggled(all, ["failed"], "queued")).toEqual(["queued", "failed"]);
});

it("switches one off", () => {
  expect(toggled(all, ["queued", "failed"], "queued")).toEqual(["failed"]);
});
