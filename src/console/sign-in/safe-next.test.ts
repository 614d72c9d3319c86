import { expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

it.each([
  ["/files?status=failed", "/files?status=failed"],
  ["/files/file_1?tab=trace", "/files/file_1?tab=trace"],
  [null, "/"],
  ["/", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/files", "/"],
  ["/api/v1/files", "/"],
])("leads %j to %s", (next, to) => {
  expect(safeNext(next)).toBe(to);
});
