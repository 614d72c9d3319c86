import { Client, QstashError } from "@upstash/qstash";
import type { Clock } from "../../kernel/clock.ts";
import { meters } from "../../telemetry/names.ts";
import { providerFault } from "../provider-fault.ts";
import { countDeliveries, type LoggedMessage } from "./count-deliveries.ts";
import type { MeterSource, MeterSpan } from "./meter-source.ts";

/** For how long every plan of QStash keeps its log, in ms. */
const keptMs = 3 * 86_400_000;
const pageSize = 1_000;
/** Most pages of one reading: a million lines of the log. */
const mostPages = 1_000;

/**
 * QStash's log as its meter: each attempt to deliver is a line ACTIVE, and a message that is charged. The log is
 * of the account: what others send is left out.
 */
export function createQstashLog(config: {
  url: string;
  token: string;
  waybillUrl: string;
  /** Where alerts were sent in a span of time. */
  alertUrls: (span: MeterSpan) => Promise<ReadonlySet<string>>;
  clock: Pick<Clock, "now">;
}): MeterSource {
  const client = new Client({ baseUrl: config.url, token: config.token, enableTelemetry: false });
  return {
    name: "QStash's log",
    meters: [meters.qstashMessages],
    async read(span) {
      if (span.from.getTime() < config.clock.now().getTime() - keptMs)
        return { kind: "out-of-reach", why: "QStash is sure to have its log of the last three days alone." };
      const messages = await readLog(client, span);
      if (messages === null)
        return { kind: "out-of-reach", why: "QStash's log of that time has more than a million lines." };
      const common = { meter: meters.qstashMessages, provider: "upstash", model: "*", nanoUsd: null };
      const ours = { waybillUrl: config.waybillUrl, alertUrls: await config.alertUrls(span) };
      return { kind: "read", lines: [{ ...common, ...countDeliveries(messages, ours) }] };
    },
  };
}

/** The messages of the log; null when there are too many lines. */
async function readLog(client: Client, { from, to }: MeterSpan): Promise<LoggedMessage[] | null> {
  const messages = new Map<string, { url: string; attempts: number; state: string; at: number }>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const filter = { fromDate: from, toDate: to };
    const read = await speak(() => client.logs({ filter, count: pageSize, ...(cursor && { cursor }) }));
    // The newest comes first.
    for (const { messageId, url, state, time } of read.logs) {
      if (time < from.getTime() || time >= to.getTime()) continue;
      const known = messages.get(messageId) ?? { url, attempts: 0, state, at: time };
      messages.set(messageId, { ...known, attempts: known.attempts + (state === "ACTIVE" ? 1 : 0) });
    }
    cursor = read.cursor || undefined;
    if (cursor === undefined) return [...messages.values()];
  }
  return null;
}

async function speak<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw providerFault("qstash", error instanceof QstashError ? error.status : undefined, error);
  }
}
