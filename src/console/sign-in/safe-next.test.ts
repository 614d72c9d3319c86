import { expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

it.each([
  ["/files?status=failed", "/files?status=failed"],
  ["/files/file_1?tab=trace", "/files/file_1?tab=trace"],
  [null, "/files"],
  ["/", "/files"],
  ["//evil.example", "/files"],
  ["/\\evil.example", "/files"],
  ["/\t/evil.example", "/files"],
  ["https://evil.example", "/files"],
  ["javascript:alert(1)", "/files"],
  ["/sign-in?next=/files", "/files"],
  ["/api/v1/files", "/files"],
])("leads %j to %s", (next, to) => {
  expect(safeNext(next)).toBe(to);
});
