import { expect, test } from "vitest";
import { describeError } from "./describe-error.ts";
import { toWaybillError, WaybillError } from "./errors.ts";

const secret = "the content of a document";

test("an error of ours is told with its code, its words and its facts", () => {
  const error = new WaybillError("provider_refused", {
    internal: "vector answered 400",
    details: { status: 400 },
  });
  expect(describeError(error)).toMatchObject({
    type: "WaybillError",
    code: "provider_refused",
    message: "vector answered 400",
    details: { status: 400 },
    stack: expect.stringMatching(/^at .*describe-error\.test\.ts/),
  });
});

test("what others say of what they were given is never told, however deep it lies or how often it is wrapped", () => {
  const parsing = new SyntaxError(`Unexpected token in "${secret}"`);
  const query = Object.assign(new Error(`Failed query: insert … params: ${secret}`, { cause: parsing }), {
    query: secret,
    code: "22P02",
  });
  const described = describeError(toWaybillError(query));
  expect(described).toMatchObject({
    code: "internal_error",
    cause: { type: "Error", code: "22P02", cause: { type: "SyntaxError" } },
  });
  expect(JSON.stringify(described)).not.toContain(secret);
});

test("a multi-line message does not come back as part of the stack", () => {
  expect(JSON.stringify(describeError(new Error(`line one\n    at ${secret}`)))).not.toContain(secret);
});

test("a fault of the program or of the system is told in full", () => {
  const unreachable = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), {
    code: "ECONNREFUSED",
    syscall: "connect",
  });
  const fetching = new TypeError("fetch failed", { cause: unreachable });
  expect(describeError(fetching)).toMatchObject({
    message: "fetch failed",
    cause: { code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:5432" },
  });
});

test("what is no error, and a chain that bites its own tail, are described all the same", () => {
  expect(describeError(secret)).toEqual({ type: "string" });
  const ring = new Error("a");
  ring.cause = ring;
  expect(describeError(ring)).toMatchObject({ cause: { cause: { type: "Error" } } });
});
