import { expect, test } from "vitest";
import { calmOverview } from "../../../tests/support/console/sample-overview.ts";
import { placeCount } from "./place-count.ts";

const failures = { groups: 1, open: 3, capped: false, files: 9, steps: [], top: [] };
const stuck = { steps: 500, capped: true, reasons: [] };

test("counts stand beside what fails and what is stuck, and say when they were cut", () => {
  const overview = { ...calmOverview, failures, stuck };
  expect(placeCount(overview, "/failures")).toEqual({ text: "3", of: "open groups" });
  expect(placeCount(overview, "/stuck")).toEqual({ text: "500+", of: "stuck steps" });
  expect(placeCount(overview, "/files")).toBeNull();
  const one = { ...overview, failures: { ...failures, open: 1 } };
  expect(placeCount(one, "/failures")).toEqual({ text: "1", of: "open group" });
});

test("nothing stands there where there is none, and never a zero for what is not known", () => {
  expect(placeCount(calmOverview, "/failures")).toBeNull();
  expect(placeCount({ ...calmOverview, stuck: null }, "/stuck")).toBeNull();
  expect(placeCount(undefined, "/stuck")).toBeNull();
});
