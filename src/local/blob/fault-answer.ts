import type { FaultAnswer } from "../kit/control.ts";

const codeByStatus: Readonly<Record<number, string>> = {
  403: "forbidden",
  404: "not_found",
  429: "rate_limited",
  503: "service_unavailable",
};

/** An injected status in the form of Vercel Blob, so that the SDK raises the class it would there. */
export const faultAnswer: FaultAnswer = (status, message) =>
  Response.json({ error: { code: codeByStatus[status] ?? "unknown_error", message } }, { status });
