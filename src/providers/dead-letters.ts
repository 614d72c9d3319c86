import { Client, QstashError } from "@upstash/qstash";
import { providerFault } from "./provider-fault.ts";

/** An entry of QStash's dead letter queue. */
export interface KeptLetter {
  readonly dlqId: string;
  readonly messageId: string;
  /** The message's body as text; "" when QStash does not say. */
  readonly body: string;
  /** When QStash put it there. */
  readonly at: Date;
  readonly responseStatus: number | null;
}

/** QStash's dead letter queue. Every call throws WaybillError provider_*. */
export interface DeadLetterQueue {
  /** A page of the entries of our step messages; `cursor` leads to the next. */
  list(input: {
    cursor: string | null;
    limit: number;
  }): Promise<{ letters: KeptLetter[]; cursor: string | null }>;
}

/** A reader of the dead letters of the ingestion route under `waybillUrl`. */
export function createDeadLetterQueue(config: {
  url: string;
  token: string;
  waybillUrl: string;
}): DeadLetterQueue {
  const client = new Client({ baseUrl: config.url, token: config.token, enableTelemetry: false });
  const url = `${config.waybillUrl}/api/jobs/ingest-file`;
  return {
    async list({ cursor, limit }) {
      try {
        const filter = { url };
        const page = await client.dlq.listMessages({
          filter,
          count: limit,
          ...(cursor !== null && { cursor }),
        });
        return { letters: page.messages.map(toLetter), cursor: page.cursor || null };
      } catch (error) {
        throw providerFault("qstash", error instanceof QstashError ? error.status : undefined, error);
      }
    },
  };
}

interface SaidLetter {
  readonly dlqId: string;
  readonly messageId: string;
  readonly body?: string | null | undefined;
  readonly bodyBase64?: string | null | undefined;
  readonly createdAt: number;
  readonly responseStatus?: number | null | undefined;
}

/** A dead letter as we know it. */
export function toLetter(said: SaidLetter): KeptLetter {
  // Its id begins with the time at which it was put there, in ms; what cannot be read was made no earlier.
  const put = Number(/^(\d{12,14})-/.exec(said.dlqId)?.[1] ?? said.createdAt);
  return {
    dlqId: said.dlqId,
    messageId: said.messageId,
    body: said.body ?? Buffer.from(said.bodyBase64 ?? "", "base64").toString("utf8"),
    at: new Date(put),
    responseStatus: said.responseStatus ?? null,
  };
}
