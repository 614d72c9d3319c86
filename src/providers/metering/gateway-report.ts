import { createGateway } from "ai";
import { meters } from "../../telemetry/names.ts";
import { providerFault } from "../provider-fault.ts";
import type { MeteredLine, MeterSource, MeterSpan } from "./meter-source.ts";

type Gateway = ReturnType<typeof createGateway>;
type ReportRow = Awaited<ReturnType<Gateway["getSpendReport"]>>["results"][number];

/**
 * AI Gateway's report of what was spent, by the hour (Vercel's custom reporting, which is part of its paid plans).
 * What is paid with a key of one's own costs nothing there, so the price of the market counts where it is told.
 */
export function createGatewayReport(config: { apiKey: string; baseUrl?: string | undefined }): MeterSource {
  const gateway = createGateway({
    apiKey: config.apiKey,
    ...(config.baseUrl && { baseURL: config.baseUrl }),
  });
  return {
    name: "AI Gateway's report",
    meters: [meters.embeddingTokens],
    async read(span) {
      const lines = await Promise.all(span.models.map((model) => readModel(gateway, span, model)));
      return { kind: "read", lines };
    },
  };
}

async function readModel(gateway: Gateway, { from, to }: MeterSpan, model: string): Promise<MeteredLine> {
  const lastMoment = new Date(to.getTime() - 1);
  const { results } = await speak(() =>
    gateway.getSpendReport({
      startDate: from.toISOString().slice(0, 10),
      endDate: lastMoment.toISOString().slice(0, 10),
      groupBy: "day",
      datePart: "hour",
      model,
    }),
  );
  const within = results.filter((row) => isWithin(row, from, to));
  const usd = within.reduce((sum, { marketCost, totalCost }) => sum + (marketCost ?? totalCost), 0);
  return {
    meter: meters.embeddingTokens,
    provider: model.split("/")[0] ?? model,
    model,
    quantity: within.reduce((sum, { inputTokens = 0 }) => sum + inputTokens, 0),
    nanoUsd: BigInt(Math.round(usd * 1e9)),
    remarks: [],
  };
}

/** An hour is told as a time, with or without its zone, which is UTC. */
function isWithin({ hour, day }: ReportRow, from: Date, to: Date): boolean {
  const told = hour ?? day ?? "";
  const text = told.replace(" ", "T");
  const at = Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`);
  if (Number.isNaN(at)) throw providerFault("gateway", 502, new TypeError(`no time: ${told}`));
  return at >= from.getTime() && at < to.getTime();
}

async function speak<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
    throw providerFault("gateway", typeof status === "number" ? status : undefined, error);
  }
}
