import { expect, test } from "vitest";
import { compareFiles } from "./compare-files.ts";

const file = {
  ...{ mediaType: "text/plain", bytes: 10, pages: 1, project: "default" },
  ...{ graphVersion: 1, model: "a-model" },
};
const pdf = { ...file, mediaType: "application/pdf" };

test("what only failed files have comes first, with both counts", () => {
  const large = { ...pdf, bytes: 2_000_000 };
  const common = compareFiles([large, pdf], [file, file, pdf, file]);
  expect(common).toEqual([
    {
      attribute: "type",
      value: "application/pdf",
      label: "application/pdf",
      failed: 2,
      failedOf: 2,
      succeeded: 1,
      succeededOf: 4,
    },
    {
      attribute: "size",
      value: "1000001-10000000",
      label: "1 to 10 MB",
      failed: 1,
      failedOf: 2,
      succeeded: 0,
      succeededOf: 4,
    },
  ]);
});

test("what is as common among files that succeeded says nothing", () => {
  expect(compareFiles([file], [file, file])).toEqual([]);
});

test("what is not known of a file is no trait", () => {
  const unread = { ...file, pages: null, graphVersion: null, model: null };
  expect(compareFiles([unread], []).map(({ attribute }) => attribute)).toEqual(["type", "project", "size"]);
});

test("another graph version and another model tell files apart", () => {
  const other = { ...file, graphVersion: 2, model: "b-model" };
  expect(compareFiles([other], [file])).toMatchObject([
    { attribute: "graph", value: "2", label: "version 2", failed: 1, succeeded: 0 },
    { attribute: "model", value: "b-model", failed: 1, succeeded: 0 },
  ]);
});
