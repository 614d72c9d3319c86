import { HTTPException } from "hono/http-exception";
import { expect, test } from "vitest";
import { nextCronMs } from "./cron.ts";

const at = (text: string) => Date.parse(text);

test.each([
  ["* * * * *", "2026-01-01T00:00:30Z", "2026-01-01T00:01:00Z"],
  ["*/15 9-17 * * 1-5", "2026-01-02T17:50:00Z", "2026-01-05T09:00:00Z"],
  ["0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"],
  ["  30 4 * * *  ", "2026-01-01T04:30:00Z", "2026-01-02T04:30:00Z"],
  ["CRON_TZ=Asia/Tokyo 0 9 * * *", "2026-01-01T00:00:30Z", "2026-01-02T00:00:00Z"],
  // Berlin changes to summer time in the night to 29 March: nine o'clock there is an hour earlier in UTC.
  ["CRON_TZ=Europe/Berlin 0 9 * * *", "2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"],
  // A fixed time that the change skips comes right after it; one that comes twice counts once.
  ["CRON_TZ=Europe/Berlin 30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"],
  ["CRON_TZ=Europe/Berlin 30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
  ["5/20 * * * *", "2026-01-01T00:26:00Z", "2026-01-01T00:45:00Z"],
  ["0 12 ? JAN MON", "2026-01-01T00:00:00Z", "2026-01-05T12:00:00Z"],
])("%s falls due after %s at %s", (cron, after, expected) => {
  expect(new Date(nextCronMs(cron, at(after)))).toEqual(new Date(expected));
});

test.each([
  "",
  "* * * *",
  "0 * * * * *",
  "61 * * * *",
  "every minute",
  "CRON_TZ=Mars/Base * * * * *",
  "0 0 30 2 *",
])("%j is refused", (cron) => {
  expect(() => nextCronMs(cron, at("2026-01-01T00:00:00Z"))).toThrow(HTTPException);
});
