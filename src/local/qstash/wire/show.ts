import type { CallbackSpec, MessageSpec } from "../entities.ts";
import type { DeadLetterRow, EventRow, MessageRow } from "../store/read-messages.ts";
import type { ScheduleRow } from "../store/schedules.ts";
import { shownBody, shownHeader } from "./redact.ts";

/** A message as the service shows it; what is undefined is left out by JSON. */
export function showMessage(row: MessageRow) {
  return {
    messageId: row.message_id,
    ...showSpec(row.spec),
    maxRetries: row.spec.maxRetries,
    ...textOrBase64("body", shownBody(row.spec, row.body)),
    notBefore: row.due_ms,
    createdAt: row.created_ms,
  };
}

/** A dead letter: its message and the last answer. */
export function showDeadLetter(row: DeadLetterRow) {
  return {
    ...showMessage(row),
    dlqId: row.dlq_id,
    responseStatus: row.response_status === 0 ? undefined : row.response_status,
    responseHeader: row.response_header,
    ...textOrBase64("responseBody", row.response_body),
  };
}

/** A line of the log; its bodies are in base64. */
export function showEvent(row: EventRow) {
  const { spec } = row;
  const body = shownBody(spec, row.body);
  return {
    time: row.time_ms,
    state: row.state,
    messageId: row.message_id,
    ...showSpec(spec),
    maxRetries: spec.maxRetries,
    body: body.length === 0 ? undefined : body.toString("base64"),
    timeout: spec.timeoutMs,
    callbackHeaders: spec.callback && shownHeader(spec, spec.callback.header),
    failureCallbackHeaders: spec.failureCallback && shownHeader(spec, spec.failureCallback.header),
    nextDeliveryTime: row.next_delivery_ms ?? undefined,
    error: row.error ?? undefined,
    responseStatus: row.response_status || undefined,
    responseHeaders: row.response_header ?? undefined,
    responseBody: row.response_body?.toString("base64"),
  };
}

/** A schedule. */
export function showSchedule(row: ScheduleRow) {
  const { url: _, scheduleId: __, callerIP: callerIp, ...spec } = showSpec(row.spec);
  return {
    scheduleId: row.schedule_id,
    cron: row.cron,
    createdAt: row.created_ms,
    destination: row.destination,
    ...spec,
    // A schedule spells it otherwise than a message.
    callerIp,
    ...textOrBase64("body", shownBody(row.spec, row.body)),
    retries: row.spec.maxRetries,
    delay: row.delay_ms === null ? undefined : row.delay_ms / 1000,
    isPaused: row.paused,
    nextScheduleTime: row.next_ms,
    lastScheduleTime: row.last_ms ?? undefined,
    lastScheduleStates: row.last_states ? showStates(row.last_states) : undefined,
  };
}

function showSpec(spec: MessageSpec) {
  const { flow, labels } = spec;
  return {
    url: spec.url,
    method: spec.method,
    header: shownHeader(spec, spec.header),
    topicName: spec.topicName,
    endpointName: spec.endpointName,
    queueName: spec.queueName,
    scheduleId: spec.scheduleId,
    callback: urlOf(spec.callback),
    failureCallback: urlOf(spec.failureCallback),
    callerIP: spec.callerIp,
    label: labels[0],
    labels: labels.length > 0 ? labels : undefined,
    flowControlKey: flow?.key,
    parallelism: flow?.parallelism,
    rate: flow?.rate,
    period: flow?.rate === undefined ? undefined : flow.periodSec,
    retryDelayExpression: spec.retryDelay,
  };
}

function urlOf(callback: CallbackSpec | undefined): string | undefined {
  return callback?.url;
}

function showStates(states: Readonly<Record<string, string>>): Record<string, string> {
  const shown: Record<string, string> = { delivered: "SUCCESS", failed: "FAIL", cancelled: "FAIL" };
  return Object.fromEntries(Object.entries(states).map(([id, state]) => [id, shown[state] ?? "IN_PROGRESS"]));
}

/** UTF-8 as it is, anything else under `<name>Base64`, nothing for no bytes. */
function textOrBase64(name: string, bytes: Buffer): Record<string, string> {
  if (bytes.length === 0) return {};
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes)
    ? { [name]: text }
    : { [`${name}Base64`]: bytes.toString("base64") };
}
