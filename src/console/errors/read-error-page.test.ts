import { expect, it } from "vitest";
import { errorCodes } from "../../kernel/error-codes.ts";
import { readErrorPage } from "./read-error-page.ts";

it("reads the page of every code", async () => {
  for (const code of Object.keys(errorCodes)) {
    expect((await readErrorPage(code))?.children.length, code).toBeGreaterThan(3);
  }
});

it.each(["nothing_of_the_kind", "constructor", "../deploy"])("has no page for %s", async (code) => {
  expect(await readErrorPage(code)).toBeNull();
});
