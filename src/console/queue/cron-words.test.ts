import { expect, it } from "vitest";
import { cronWords } from "./cron-words.ts";

it.each([
  ["* * * * *", "every minute"],
  ["*/5 * * * *", "every 5 minutes"],
  ["17 * * * *", "every hour at minute 17"],
  ["17 3 * * *", "every day at 03:17 UTC"],
  ["CRON_TZ=Europe/Paris 0 9 * * 1", "every Monday at 09:00 Europe/Paris"],
  ["0 9 * * 7", "every Sunday at 09:00 UTC"],
])("%s is %s", (cron, words) => expect(cronWords(cron)).toBe(words));

it.each(["0 9 1 * *", "0 9 * 6 *", "0 9-17 * * *", "0 9 * * 1-5", "nonsense"])(
  "%s is not as simple, and stands as it is",
  (cron) => expect(cronWords(cron)).toBe(cron),
);
