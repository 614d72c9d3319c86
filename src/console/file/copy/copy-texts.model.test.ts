import { expect, it } from "vitest";
import { sampleFile, sampleRun } from "../../../../tests/support/console/sample-views.ts";
import { curlText, linkText, linkWithTimesText } from "./copy-texts.model.ts";

const page = { origin: "https://waybill.example", search: "?tab=trace&zoom=10~250" };
const file = sampleFile({ id: "file_1", name: "lease.pdf" });

it("links to what is in sight, and names the run that is shown now", () => {
  expect(linkText(page, file, sampleRun({ number: 2 }))).toBe(
    "https://waybill.example/files/file_1?tab=trace&zoom=10%7E250&run=2",
  );
});

it("keeps the run that the address names", () => {
  expect(linkText({ ...page, search: "?run=1" }, file, sampleRun({ number: 1 }))).toBe(
    "https://waybill.example/files/file_1?run=1",
  );
});

it("gives a run's time in UTC to the ms", () => {
  const link = "https://waybill.example/files/file_1?run=1";
  expect(linkWithTimesText({ ...page, search: "" }, file, sampleRun())).toBe(
    `lease.pdf, run 1 (succeeded), 2026-03-01 12:00:00.000 UTC to 2026-03-01 12:00:04.200 UTC\n${link}`,
  );
  expect(
    linkWithTimesText({ ...page, search: "" }, file, sampleRun({ status: "running", finishedAt: null })),
  ).toBe(`lease.pdf, run 1 (running), 2026-03-01 12:00:00.000 UTC to now\n${link}`);
});

it("writes a command without a key in it", () => {
  expect(curlText(page, file)).toBe(
    'curl -sS "https://waybill.example/api/v1/files/file_1" -H "Authorization: Bearer $WAYBILL_API_KEY"',
  );
});
