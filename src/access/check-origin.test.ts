import { expect, test } from "vitest";
import { checkOrigin } from "./check-origin.ts";

const waybillUrl = "https://waybill.example/console";
const check = (headers: Record<string, string>) => () =>
  checkOrigin({ headers: new Headers(headers) }, waybillUrl);
const cookie = { cookie: "waybill_session=s" };

test.each([
  ["our own address", { ...cookie, origin: "https://waybill.example" }],
  [
    "the name under which the server is asked",
    { ...cookie, origin: "http://localhost:3000", host: "localhost:3000" },
  ],
  ["a page of the same origin", { ...cookie, "sec-fetch-site": "same-origin" }],
  ["the browser's own address bar", { ...cookie, "sec-fetch-site": "none" }],
  ["a program without cookies", {}],
])("a request from %s passes", (_name, headers) => {
  expect(check(headers)).not.toThrow();
});

test.each([
  ["another site", { origin: "https://evil.test" }],
  [
    "another site that a browser calls same-origin",
    { origin: "https://evil.test", "sec-fetch-site": "same-origin" },
  ],
  ["our name under another scheme", { origin: "http://waybill.example" }],
  ["our name with another port", { origin: "https://waybill.example:8443" }],
  ["a name that begins like ours", { origin: "https://waybill.example.evil.test" }],
  ["a sandboxed page", { origin: "null" }],
  ["a sister site", { "sec-fetch-site": "same-site" }],
  ["another site that names no origin", { "sec-fetch-site": "cross-site" }],
  ["nowhere", {}],
])("a request with a cookie from %s is refused", (_name, headers) => {
  expect(check({ ...cookie, host: "waybill.internal", ...headers })).toThrow(
    expect.objectContaining({ code: "forbidden_origin" }),
  );
});
