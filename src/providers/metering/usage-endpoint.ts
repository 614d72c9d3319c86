import { z } from "zod";
import { type Meter, meters } from "../../telemetry/names.ts";
import { type ProviderName, providerFault } from "../provider-fault.ts";
import type { MeterSource } from "./meter-source.ts";

interface Counted {
  readonly meter: Meter;
  readonly provider: string;
  readonly model: string;
}

/** The counters of a service that Waybill has a meter for. What else it counts is not charged, or never asked for. */
const counters: Readonly<Record<"vector" | "blob", Readonly<Record<string, Counted>>>> = {
  vector: {
    writes: { meter: meters.vectorWrites, provider: "upstash", model: "*" },
    queries: { meter: meters.vectorQueries, provider: "upstash", model: "*" },
  },
  blob: {
    simple_operations: { meter: meters.blobOperations, provider: "vercel", model: "simple" },
    advanced_operations: { meter: meters.blobOperations, provider: "vercel", model: "advanced" },
    bytes_read: { meter: meters.blobTransfer, provider: "vercel", model: "*" },
  },
};

/** Which service an endpoint counts for: one that cannot be asked by its own SDK. */
export type CountedService = keyof typeof counters;

const answerSchema = z.record(z.string(), z.number().nonnegative());
const longestWaitMs = 10_000;

/**
 * An endpoint that tells what a service was asked for: `GET <url>?from=…&to=…` answers
 * `{ "<counter>": amount }`, 0 for what it leaves out.
 */
export function createUsageEndpoint(service: CountedService, url: string): MeterSource {
  const known = counters[service];
  return {
    name: `the meter of ${names[service]}`,
    meters: [...new Set(Object.values(known).map(({ meter }) => meter))],
    async read({ from, to }) {
      const asked = new URL(url);
      asked.searchParams.set("from", from.toISOString());
      asked.searchParams.set("to", to.toISOString());
      const counted = await ask(service, asked);
      const lines = Object.entries(known).map(([name, of]) => ({
        ...of,
        quantity: counted[name] ?? 0,
        nanoUsd: null,
        remarks: [],
      }));
      return { kind: "read", lines };
    },
  };
}

const names: Readonly<Record<CountedService, string>> = { vector: "Vector", blob: "Blob" };

async function ask(service: ProviderName, url: URL): Promise<z.output<typeof answerSchema>> {
  let response: Response;
  try {
    response = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(longestWaitMs) });
  } catch (error) {
    throw providerFault(service, undefined, error);
  }
  if (!response.ok) throw providerFault(service, response.status, new TypeError("its meter refused"));
  const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw providerFault(service, 502, new TypeError("its meter told no counters"));
  return answer.data;
}
