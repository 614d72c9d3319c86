import { expect, test } from "vitest";
import { joinChecks } from "./join-checks.ts";

test("a name, an address and twelve characters are enough", () => {
  expect(joinChecks.name("Ada")).toBeNull();
  expect(joinChecks.email(" ada@waybill.example ")).toBeNull();
  expect(joinChecks.password("twelve chars")).toBeNull();
});

test("what is missing is said", () => {
  expect(joinChecks.name("  ")).toBe("What are you called?");
  expect(joinChecks.email("ada@waybill")).toBe("This is no e-mail address");
  expect(joinChecks.password("eleven char")).toBe("It has 11 of at least 12 characters");
});
