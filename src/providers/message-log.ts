import { Client, type Log, QstashError } from "@upstash/qstash";
import { providerFault } from "./provider-fault.ts";

/** What QStash logged of a message at one time. */
export interface LoggedState {
  readonly messageId: string;
  readonly at: Date;
  /** As QStash spells it: CREATED, ACTIVE, DELIVERED, RETRY, ERROR, FAILED, CANCELED, … */
  readonly state: string;
  /** The message's body as text; "" when QStash does not say. */
  readonly body: string;
  readonly error: string | null;
  readonly responseStatus: number | null;
  readonly nextDeliveryAt: Date | null;
}

/** QStash's log of our messages, which it forgets after a while. Every call throws WaybillError provider_*. */
export interface MessageLog {
  /** A page of what was logged since a time, newest first; `cursor` leads to the page before it. */
  read(input: {
    since: Date;
    cursor: string | null;
  }): Promise<{ states: LoggedState[]; cursor: string | null }>;
  /** Where the dead letter queue keeps a message; null when it does not. */
  findDeadLetter(messageId: string): Promise<string | null>;
}

/** The most that one page of QStash's log has. */
const pageSize = 1_000;
/** An error is a sentence; a whole page of HTML that a proxy answered with is not kept. In characters. */
const longestError = 500;

/** A reader of QStash's log of the messages to the ingestion route under `waybillUrl`. */
export function createMessageLog(config: { url: string; token: string; waybillUrl: string }): MessageLog {
  const client = new Client({ baseUrl: config.url, token: config.token, enableTelemetry: false });
  const url = `${config.waybillUrl}/api/jobs/ingest-file`;
  return {
    read: ({ since, cursor }) =>
      speak(async () => {
        const filter = { url, fromDate: since };
        const page = await client.logs({ filter, count: pageSize, ...(cursor !== null && { cursor }) });
        return { states: page.logs.map(toState), cursor: page.cursor || null };
      }),
    findDeadLetter: (messageId) =>
      speak(async () => {
        const { messages } = await client.dlq.listMessages({ filter: { messageId } });
        return messages[0]?.dlqId ?? null;
      }),
  };
}

/** The SDK's type leaves out what the service says of a delivery that was answered with an error. */
function toState(log: Log & { responseStatus?: number }): LoggedState {
  return {
    messageId: log.messageId,
    at: new Date(log.time),
    state: log.state,
    body: Buffer.from(log.body ?? "", "base64").toString("utf8"),
    error: log.error ? log.error.slice(0, longestError) : null,
    responseStatus: log.responseStatus ?? null,
    nextDeliveryAt: log.nextDeliveryTime ? new Date(log.nextDeliveryTime) : null,
  };
}

async function speak<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw providerFault("qstash", error instanceof QstashError ? error.status : undefined, error);
  }
}
