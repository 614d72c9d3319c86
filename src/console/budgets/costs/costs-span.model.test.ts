import { expect, it } from "vitest";
import { costsSpan } from "./costs-span.model.ts";

const now = new Date("2026-11-25T12:07:31Z");
const asked = { from: null, to: null, range: "30d" as const };

it("goes back from the end of the present quarter hour, so that it stands still within it", () => {
  expect(costsSpan(asked, now)).toEqual({
    from: "2026-10-26T12:15:00.000Z",
    to: "2026-11-25T12:15:00.000Z",
    bucket: "day",
  });
  expect(costsSpan(asked, new Date("2026-11-25T12:14:59Z"))).toEqual(costsSpan(asked, now));
});

it.each([
  ["24h", "hour"],
  ["7d", "day"],
  ["90d", "day"],
  ["1y", "week"],
] as const)("cuts %s into buckets of a %s", (range, bucket) => {
  expect(costsSpan({ ...asked, range }, now).bucket).toBe(bucket);
});

it.each([
  ["2026-11-25T11:00:00.000Z", "quarter"],
  ["2026-11-24T00:00:00.000Z", "hour"],
  ["2022-11-24T00:00:00.000Z", "month"],
])("takes a span that was drawn over the chart from %s as it is", (from, bucket) => {
  const to = "2026-11-25T12:00:00.000Z";
  expect(costsSpan({ ...asked, from, to }, now)).toEqual({ from, to, bucket });
});
