import type { Attributes } from "@opentelemetry/api";
import { metrics } from "@opentelemetry/api";
import { Receiver } from "@upstash/qstash";
import type { z } from "zod";
import { errorResponse, toWaybillError, WaybillError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { parseCarrier, type SpanPlace } from "../telemetry/carrier.ts";
import { attr, traceHeader } from "../telemetry/names.ts";
import { requestLog } from "../telemetry/request-log.ts";

/** A message as QStash delivered it, after its signature was verified. */
export interface Delivery {
  readonly messageId: string;
  /** How often QStash had tried this message before, from 0. */
  readonly retried: number;
  /** The span that sent the message, where it says so. */
  readonly sender: SpanPlace | undefined;
}

/** What a job answers; the one map from outcomes to HTTP and QStash stands in `respond`. */
export type JobAnswer =
  | { readonly kind: "done"; readonly note?: string }
  | { readonly kind: "retry"; readonly error: WaybillError }
  | { readonly kind: "reject"; readonly error: WaybillError };

/** What a job route needs before its handler. */
export interface ReceiveConfig {
  readonly currentSigningKey: string;
  readonly nextSigningKey: string;
  /** The public address of this deployment; the signature names it, whatever proxies stand before us. */
  readonly waybillUrl: string;
  readonly log: Log;
}

/**
 * The one wrapper of every job route: verify the signature (both keys, body hash, address) → parse → handle.
 * Nothing runs before the signature is verified: a forged, expired or foreign delivery gets 401 and leaves
 * one count and no state.
 * @param path the route's own path, which the signed address must name
 */
export function jobRoute<Schema extends z.ZodType>(
  config: ReceiveConfig,
  path: string,
  schema: Schema,
  handle: (body: z.output<Schema>, delivery: Delivery) => Promise<JobAnswer>,
): (request: Request) => Promise<Response> {
  const receiver = new Receiver({
    currentSigningKey: config.currentSigningKey,
    nextSigningKey: config.nextSigningKey,
  });
  return async (request) => {
    const text = await request.text();
    if (!(await isSigned(receiver, request, text, `${config.waybillUrl}${path}`))) {
      countRefused({ [attr.messagingDestination]: path });
      return errorResponse(new WaybillError("signature_invalid"));
    }
    const body = schema.safeParse(parseJson(text));
    if (!body.success) {
      requestLog(config.log).warn({ issues: body.error.issues, path }, "a signed message could not be read");
      return respond({ kind: "reject", error: new WaybillError("malformed_request", { details: { path } }) });
    }
    return respond(await answered(config, path, () => handle(body.data, deliveryOf(request))));
  };
}

/** A fault that the handler did not expect is put down here, where it is known what may be said of it. */
async function answered(
  config: Pick<ReceiveConfig, "log">,
  path: string,
  work: () => Promise<JobAnswer>,
): Promise<JobAnswer> {
  try {
    return await work();
  } catch (thrown) {
    const error = toWaybillError(thrown);
    requestLog(config.log).error({ err: error, path }, "a job met a fault");
    return { kind: "retry", error };
  }
}

async function isSigned(receiver: Receiver, request: Request, body: string, url: string): Promise<boolean> {
  const signature = request.headers.get("upstash-signature");
  if (signature === null) return false;
  // Whatever the verifier throws, the delivery is not proven to be QStash's.
  return receiver.verify({ signature, body, url }).catch(() => false);
}

function deliveryOf(request: Request): Delivery {
  return {
    messageId: request.headers.get("upstash-message-id") ?? "unknown",
    retried: Number(request.headers.get("upstash-retried") ?? "0") || 0,
    sender: parseCarrier(request.headers.get(traceHeader)),
  };
}

/** 2xx: done. 5xx: QStash backs off and delivers again. 489 with its header: no further attempt. */
function respond(answer: JobAnswer): Response {
  if (answer.kind === "done") return Response.json({ ok: true, note: answer.note ?? null });
  if (answer.kind === "retry") {
    const response = errorResponse(answer.error);
    return new Response(response.body, { status: 500, headers: response.headers });
  }
  const refused = errorResponse(answer.error);
  refused.headers.set("Upstash-NonRetryable-Error", "true");
  return new Response(refused.body, { status: 489, headers: refused.headers });
}

function countRefused(attributes: Attributes): void {
  metrics.getMeter("waybill").createCounter("waybill.deliveries.refused").add(1, attributes);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
