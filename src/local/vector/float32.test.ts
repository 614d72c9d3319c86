import fc from "fast-check";
import { expect, test } from "vitest";
import { shortestFloat32 } from "./float32.ts";

test.each([0.033333335, 0.032795697, 0.26666638, 0.028608438, 0.018800145, 0.617851, 0.5, 1, 0, -0.1])(
  "the float32 of %d prints as it",
  (decimal) => expect(String(shortestFloat32(Math.fround(decimal)))).toBe(String(decimal)),
);

test("every normal float32 comes back from what is printed, and no shorter decimal would do", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      fc.pre(Math.abs(value) >= 2 ** -126);
      const printed = shortestFloat32(value);
      expect(Math.fround(printed)).toBe(Math.fround(value));
      const digits = printed.toExponential().replace(/e.*|[-.]/g, "").length;
      if (digits > 1) expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(Math.fround(value));
    }),
  );
});
