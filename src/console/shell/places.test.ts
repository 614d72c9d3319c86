import { expect, it } from "vitest";
import { isWithin, placeOfKey, places } from "./places.ts";

it("has each path, name and key once", () => {
  for (const one of ["path", "label", "goKey"] as const)
    expect(new Set(places.map((place) => place[one])).size).toBe(places.length);
});

it("leads from a key to its place, and from no other key anywhere", () => {
  expect(placeOfKey("e")).toBe("/failures");
  expect(placeOfKey("§")).toBeNull();
});

it("knows which addresses belong to a place", () => {
  const requeues = { path: "/requeues", also: ["/plans"] };
  expect(isWithin("/requeues", requeues)).toBe(true);
  expect(isWithin("/plans/rplan_1", requeues)).toBe(true);
  expect(isWithin("/requeues-of-old", requeues)).toBe(false);
  expect(isWithin("/files", { path: "/", also: [] })).toBe(false);
});
