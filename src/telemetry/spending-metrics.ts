import { ValueType } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { newInstanceId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { attr, type Meter, meters, metrics } from "./names.ts";
import { createOtlpMetricExporter, type OtlpTarget } from "./otlp-exporter.ts";

/** What was added to the ledger for one step, meter and project. */
export interface AddedSpending {
  readonly step: string;
  readonly meter: string;
  /** The project's slug; null for what belongs to none. */
  readonly project: string | null;
  readonly nanoUsd: bigint;
  /** In units of the meter. */
  readonly quantity: bigint;
}

/** The counters of what was spent, for other tools. */
export interface SpendingMetrics {
  count(added: readonly AddedSpending[]): void;
  /** Sends what was counted since the last time; does nothing when that is nothing. Never rejects. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Beyond that many combinations of step, meter and project the rest is counted as one. */
const mostSeries = 20_000;

/** They are sent by `flush`; the reader's own timer is an upper bound, in ms, and rarely comes to it. */
const sentAnywayMs = 3_600_000;
const longestSendMs = 10_000;

const tokenMeters: ReadonlySet<string> = new Set<Meter>([meters.embeddingTokens]);

/** Counters that nobody listens to. */
export const noSpendingMetrics: SpendingMetrics = {
  count: () => undefined,
  flush: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/**
 * Counters that go to an OTLP backend: `waybill.cost` in nano-USD, which is whole and exact, and `waybill.tokens`.
 * They only rise. Each process counts for itself, under a `service.instance.id` of its own.
 */
export function createSpendingMetrics(options: {
  deployment: string;
  log: Log;
  otlp: OtlpTarget;
}): SpendingMetrics {
  const exporter = createOtlpMetricExporter(options.otlp);
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: sentAnywayMs,
    exportTimeoutMillis: longestSendMs,
    cardinalityLimits: { counter: mostSeries },
  });
  const resource = resourceFromAttributes({
    "service.name": "waybill",
    "service.version": options.deployment,
    "service.instance.id": newInstanceId(),
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const meter = provider.getMeter("waybill");
  const cost = meter.createCounter(metrics.cost, {
    unit: "{nano_usd}",
    description: "What was spent, in nano-USD (10⁻⁹ $)",
    valueType: ValueType.INT,
  });
  const tokens = meter.createCounter(metrics.tokens, {
    unit: "{token}",
    description: "Tokens that the gateway charged",
    valueType: ValueType.INT,
  });
  let unsent = false;
  return {
    count(added) {
      for (const { step, meter: name, project, nanoUsd, quantity } of added) {
        const ofProject = project === null ? {} : { [attr.project]: project };
        const attributes = { [attr.step]: step, [attr.meter]: name, ...ofProject };
        if (nanoUsd > 0n) cost.add(Number(nanoUsd), attributes);
        if (tokenMeters.has(name) && quantity > 0n) tokens.add(Number(quantity), attributes);
        unsent = true;
      }
    },
    async flush() {
      if (!unsent) return;
      unsent = false;
      await reader.forceFlush().catch((error: unknown) => {
        // Counters are cumulative: what was not sent now is in what is sent next.
        unsent = true;
        options.log.warn({ err: error }, "metrics could not be sent");
      });
    },
    close: () => provider.shutdown(),
  };
}
