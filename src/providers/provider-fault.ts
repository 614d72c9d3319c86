import { WaybillError } from "../kernel/errors.ts";

/** The services that Waybill calls. */
export type ProviderName = "gateway" | "vector" | "blob" | "qstash";

/** Those that are never sent a document's text, so that what they say of a request cannot quote it. */
const quotesNoText: ReadonlySet<ProviderName> = new Set(["blob", "qstash"]);

/**
 * What a provider's HTTP status means for a step.
 * @param status undefined when there was no answer at all
 */
export function providerFault(
  provider: ProviderName,
  status: number | undefined,
  cause: unknown,
  retryAfterSec?: number,
): WaybillError {
  const said = quotesNoText.has(provider) && cause instanceof Error ? `: ${cause.message}` : "";
  const internal = `${provider} answered ${status ?? "nothing"}${said}`;
  const details = { provider, ...(status !== undefined && { status }) };
  const wait = retryAfterSec === undefined ? {} : { retryAfterSec };
  return new WaybillError(codeOf(status), { internal, details, cause, ...wait });
}

function codeOf(status: number | undefined) {
  if (status === undefined || status >= 500 || status === 408) return "provider_unavailable";
  if (status === 401 || status === 403) return "provider_unauthorized";
  if (status === 402) return "provider_out_of_credit";
  if (status === 429) return "provider_rate_limited";
  return "provider_refused";
}
