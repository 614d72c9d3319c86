import { expect, it } from "vitest";
import { errorCodes } from "./error-codes.ts";
import { toWaybillError, WaybillError } from "./errors.ts";

it("knows an error of another copy of this module for what it is", () => {
  // What a second copy in the same process makes: another class with the same brand.
  const foreign = Object.assign(new Error("the gateway answered 503"), {
    [Symbol.for("waybill.error")]: true,
    code: "provider_unavailable",
  });
  expect(foreign).toBeInstanceOf(WaybillError);
  expect(toWaybillError(foreign).code).toBe("provider_unavailable");
});

it.each([new Error("a stranger"), "a text", null, undefined, { code: "provider_unavailable" }])(
  "takes nothing else for its own: %s",
  (thrown) => {
    expect(toWaybillError(thrown).code).toBe("internal_error");
  },
);

it("has the status and the sentence of its code", () => {
  const error = new WaybillError("provider_rate_limited", { retryAfterSec: 7 });
  expect(error).toBeInstanceOf(WaybillError);
  expect([error.status, error.retryable]).toEqual([503, true]);
  expect(error.publicMessage).toBe(errorCodes.provider_rate_limited.sentence);
});
