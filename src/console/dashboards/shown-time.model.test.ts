import { expect, it } from "vitest";
import { shownTime, spanQuery, widened } from "./shown-time.model.ts";

const [noon, one] = [new Date("2026-03-01T12:00:00Z"), new Date("2026-03-01T13:00:00Z")];

it("shows what was chosen, and else what ends now", () => {
  expect(shownTime({ range: "6h", from: noon, to: one })).toEqual({ kind: "fixed", from: noon, to: one });
  const live = { kind: "live", range: "6h" };
  expect(shownTime({ range: "6h", from: noon, to: null })).toEqual(live);
  expect(shownTime({ range: "6h", from: one, to: noon })).toEqual(live);
});

it("leaves the end of a live span to the server", () => {
  expect(spanQuery({ kind: "live", range: "24h" }, noon)).toEqual({
    from: "2026-02-28T12:00:00.000Z",
    to: null,
  });
  expect(spanQuery({ kind: "fixed", from: noon, to: one }, one)).toEqual({
    from: "2026-03-01T12:00:00.000Z",
    to: "2026-03-01T13:00:00.000Z",
  });
});

it("widens a span around its middle", () => {
  expect(widened({ from: noon, to: one })).toEqual({
    from: new Date("2026-03-01T11:30:00Z"),
    to: new Date("2026-03-01T13:30:00Z"),
  });
});
