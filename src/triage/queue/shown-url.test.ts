import { expect, test } from "vitest";
import { shownUrl } from "./shown-url.ts";

test.each([
  ["https://waybill.example/api/jobs/tick", "https://waybill.example/api/jobs/tick"],
  ["https://hooks.example/services/T0/secret?token=x", "https://hooks.example/…"],
  ["https://waybill.example.evil.test/api/jobs/tick", "https://waybill.example.evil.test/…"],
  ["https://hooks.example/", "https://hooks.example"],
  ["a-topic", "a-topic"],
])("of %s everybody sees %s", (url, shown) => {
  expect(shownUrl(url, { WAYBILL_URL: "https://waybill.example" })).toBe(shown);
});
