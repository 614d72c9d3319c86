import type { Clock } from "../../../kernel/clock.ts";
import type { Fault, Faults } from "../../kit/faults.ts";
import type { Answer, ClaimedMessage, HeaderMap } from "../entities.ts";
import type { HttpCaller, HttpRequest } from "./http-call.ts";
import { signDelivery } from "./sign.ts";

/** What an attempt needs. */
export interface AttemptContext {
  readonly clock: Clock;
  readonly caller: HttpCaller;
  readonly faults: Faults;
  readonly defaultTimeoutMs: number;
  signingKey(): string;
}

/**
 * Calls the destination of a message once, signed.
 * @param mayBegin asked at the last moment; false when the message was cancelled meanwhile
 * @returns undefined when nothing was sent
 */
export function attempt(
  ctx: AttemptContext,
  message: ClaimedMessage,
  signal: AbortSignal,
  mayBegin: () => boolean,
): Promise<Answer | undefined> {
  const passage = { on: "delivery", target: message.spec.url, clock: ctx.clock, signal } as const;
  return ctx.faults.disturb(passage, (fault) => call(ctx, message, { signal, mayBegin, fault }));
}

async function call(
  ctx: AttemptContext,
  message: ClaimedMessage,
  options: { signal: AbortSignal; mayBegin: () => boolean; fault: Fault | undefined },
): Promise<Answer | undefined> {
  const { signal, mayBegin, fault } = options;
  const { url, method } = message.spec;
  if (!mayBegin()) return undefined;
  const header = deliveryHeader(ctx, message);
  const instead = faultAnswer(fault);
  if (instead) return instead;

  const over = new AbortController();
  const timeout = new AbortController();
  const timeoutMs = message.spec.timeoutMs ?? ctx.defaultTimeoutMs;
  void ctx.clock.wait(timeoutMs, over.signal).then(() => {
    if (!over.signal.aborted)
      timeout.abort(`the destination did not answer within the timeout of ${timeoutMs} ms`);
  });
  const request: HttpRequest = {
    ...{ url, method, header, body: message.body },
    signal: AbortSignal.any([signal, timeout.signal]),
  };
  const [answer] = await Promise.all([
    ctx.caller.call(request),
    ...(fault?.duplicate ? [ctx.caller.call(request)] : []),
  ]);
  over.abort("answered");
  return fault?.drop === "after" ? dropped : answer;
}

function deliveryHeader(ctx: AttemptContext, message: ClaimedMessage): HeaderMap {
  const { spec, body } = message;
  const nowMs = ctx.clock.now().getTime();
  const header: Record<string, string[]> = {
    "User-Agent": ["Upstash-QStash"],
    ...spec.header,
    "Upstash-Message-Id": [message.messageId],
    "Upstash-Retried": [String(message.retried)],
    "Upstash-Signature": [signDelivery(ctx.signingKey(), { url: spec.url, body, nowMs })],
    "Upstash-Region": ["US-EAST-1"],
  };
  if (spec.callerIp !== undefined) header["Upstash-Caller-Ip"] = [spec.callerIp];
  if (spec.topicName !== undefined) header["Upstash-Topic-Name"] = [spec.topicName];
  if (spec.scheduleId !== undefined) header["Upstash-Schedule-Id"] = [spec.scheduleId];
  return header;
}

const dropped: Answer = {
  status: 0,
  header: {},
  body: Buffer.alloc(0),
  error: "the connection was dropped by a fault",
};

function faultAnswer(fault: Fault | undefined): Answer | undefined {
  if (fault?.drop === "before") return dropped;
  if (fault?.status === undefined) return undefined;
  return { status: fault.status, header: {}, body: Buffer.from("A fault was injected here.") };
}
