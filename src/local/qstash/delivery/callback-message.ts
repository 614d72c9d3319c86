import type { Answer, CallbackSpec, ClaimedMessage, NewMessage } from "../entities.ts";
import { newMessageId } from "./message-id.ts";

/** The message that tells a callback what came of an attempt; a failure callback carries the DLQ id. */
export function callbackMessage(
  callback: CallbackSpec,
  source: ClaimedMessage,
  answer: Answer,
  options: { readonly dlqId?: string | undefined; readonly nowMs: number },
): NewMessage {
  const { spec } = source;
  const told = {
    status: answer.status,
    header: answer.header,
    body: answer.body.toString("base64"),
    ...(answer.error !== undefined && { error: answer.error }),
    retried: source.retried,
    maxRetries: spec.maxRetries,
    sourceMessageId: source.messageId,
    topicName: spec.topicName,
    endpointName: spec.endpointName,
    url: spec.url,
    method: spec.method,
    sourceHeader: spec.header,
    sourceBody: source.body.toString("base64"),
    notBefore: String(source.dueMs),
    createdAt: String(source.createdMs),
    scheduleId: spec.scheduleId,
    callerIP: spec.callerIp,
    dlqId: options.dlqId,
  };
  return {
    messageId: newMessageId(),
    spec: {
      url: callback.url,
      method: callback.method,
      header: callback.header,
      maxRetries: callback.maxRetries ?? spec.maxRetries,
      retryDelay: callback.retryDelay,
      timeoutMs: callback.timeoutMs,
      labels: spec.labels,
      callerIp: spec.callerIp,
      // What is told repeats the source's body and headers: if a part of them is hidden, so is all of it.
      redact: spec.redact && { body: true, header: spec.redact.header },
    },
    body: Buffer.from(JSON.stringify(told)),
    dueMs: options.nowMs + Math.round(callback.delayMs),
    queue: source.queue,
  };
}
