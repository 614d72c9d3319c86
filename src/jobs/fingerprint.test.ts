import { expect, test } from "vitest";
import { fingerprintOf } from "./fingerprint.ts";

const failure = {
  step: "embed",
  code: "provider_unavailable",
  message: "Page 3 of file_0123456789abcdef cannot be read.",
  provider: "gateway",
  status: 503,
};

test("failures of one kind have one fingerprint, whichever document they are of", () => {
  const other = { ...failure, message: "Page 12 of file_fedcba9876543210 cannot be read." };
  expect(fingerprintOf(failure)).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintOf(other)).toBe(fingerprintOf(failure));
});

test.each([
  { step: "index" },
  { code: "provider_refused" },
  { message: "Another thing went wrong." },
  { provider: "vector" },
  { status: 500 },
  { status: null },
])("a failure with another %o is of another kind", (difference) => {
  expect(fingerprintOf({ ...failure, ...difference })).not.toBe(fingerprintOf(failure));
});
