import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorCodes } from "../../src/kernel/error-codes.ts";

const folder = "docs/errors";
const codes = Object.keys(errorCodes).toSorted();

test("each error code has a page and each page is of an error code", () => {
  const pages = readdirSync(folder).map((name) => name.replace(/\.md$/, ""));
  expect(pages.toSorted()).toEqual(codes);
});

test.each(Object.entries(errorCodes))(
  "the page of %s names its status and says what to do",
  (code, { status }) => {
    const page = readFileSync(`${folder}/${code}.md`, "utf8");
    expect(page).toMatch(new RegExp(`^# ${code}\n\nHTTP status ${status}\\.\n`));
    expect(page).toMatch(/## What it means\n\n.{20,}/);
    expect(page).toMatch(/## What to do\n\n- .{15,}/);
  },
);

test.each(Object.entries(errorCodes))(
  "the sentence of %s is one that a person can read",
  (_code, { sentence }) => {
    expect(sentence).toMatch(/^[A-Z].{15,200}\.$/);
  },
);
