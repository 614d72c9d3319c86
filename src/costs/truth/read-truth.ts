import type { DbContext } from "../../db/context.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { MeteredLine, MeterSource } from "../../providers/metering/meter-source.ts";
import { type Meter, meters } from "../../telemetry/names.ts";
import { units } from "../prices/units.ts";
import { readRollup } from "../rollups/read-rollup.ts";
import { costRollup } from "../rollups/rollup.ts";
import { type AskedSource, askMeters } from "./ask-meters.ts";
import { noRoom, type Reason, roundingOf, unexplained } from "./explain-difference.ts";
import { ledgerReasons, lineKey, linkOf, type TruthSpan, underWay } from "./ledger-reasons.ts";
import type { Truth, TruthLine } from "./truth-view.ts";

/** What the truth is read from. */
export interface TruthContext extends Pick<DbContext, "db"> {
  readonly clock: Pick<Clock, "now">;
  readonly meterSources: readonly MeterSource[];
  readonly embedding: { readonly model: string };
}

interface LedgerLine {
  readonly meter: string;
  readonly provider: string;
  readonly model: string;
  readonly quantity: bigint;
  readonly nanoUsd: bigint;
  readonly entries: number;
}

/**
 * Holds the ledger against what providers metered in a span of time. The providers are asked first, then what is
 * under way is read, then the ledger: so what was metered is seen in one of the two, and what was put down
 * meanwhile is known by its time.
 * @param span begins and ends on whole hours of UTC, as a provider's report does
 */
export async function readTruth(ctx: TruthContext, span: TruthSpan): Promise<Truth> {
  const models = await modelsOf(ctx, span);
  const at = ctx.clock.now();
  const asked = await askMeters(ctx.meterSources, { ...span, models });
  const open = await underWay(ctx, span);
  const ledger = await readLedger(ctx, span);
  const sourced = asked.flatMap((source) => source.meters);
  const reasons = [...open, ...(await ledgerReasons(ctx, span, { at, meters: sourced }))];
  const metered = asked.flatMap((source) => (source.state === "read" ? source.lines : []));
  const keys = new Set([...ledger, ...metered].map(lineKey));
  const lines = [...keys].sort().flatMap((key) => {
    const entry = ledger.find((one) => lineKey(one) === key);
    const told = metered.find((one) => lineKey(one) === key);
    if (entry === undefined && (told === undefined || told.quantity === 0)) return [];
    const found = { entry: entry ?? emptyLine(told), told, asked, span };
    return [
      lineOf(
        found,
        reasons.filter((reason) => reason.line === key),
      ),
    ];
  });
  const sources = asked.map((source) => ({
    name: source.name,
    meters: [...source.meters],
    state: source.state,
    why: source.state === "read" ? null : source.why,
    errorCode: source.state === "failed" ? source.errorCode : null,
  }));
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    state: stateOf(lines, asked),
    sources,
    lines,
  };
}

/** The embedding models that were used in that time, and the one that is used now. */
async function modelsOf(ctx: TruthContext, span: TruthSpan): Promise<string[]> {
  const found = await readLedger(ctx, span);
  const used = found.filter(({ meter }) => meter === meters.embeddingTokens).map(({ model }) => model);
  return [...new Set([...used, ctx.embedding.model])];
}

async function readLedger({ db }: Pick<DbContext, "db">, { from, to }: TruthSpan): Promise<LedgerLine[]> {
  const asked = { boundaries: [from, to], by: ["meter", "provider", "model"] };
  const rows = await readRollup(db, costRollup, asked);
  return rows.map(({ key, sums }) => ({
    meter: key.meter ?? "",
    provider: key.provider ?? "",
    model: key.model ?? "",
    quantity: sums.quantity ?? 0n,
    nanoUsd: sums.nano_usd ?? 0n,
    entries: Number(sums.entries ?? 0n),
  }));
}

interface Found {
  readonly entry: LedgerLine;
  readonly told: MeteredLine | undefined;
  readonly asked: readonly AskedSource[];
  readonly span: TruthSpan;
}

function lineOf({ entry, told, asked, span }: Found, ofLedger: readonly Reason[]): TruthLine {
  const source = asked.find((one) => one.meters.some((meter) => meter === entry.meter));
  const common = {
    meter: entry.meter,
    provider: entry.provider,
    model: entry.model,
    unit: new Map<string, string>(Object.entries(units)).get(entry.meter) ?? "",
    ledger: {
      quantity: entry.quantity.toString(),
      nanoUsd: entry.nanoUsd.toString(),
      entries: entry.entries,
      ledger: linkOf(entry, span, {}),
    },
  };
  if (source?.state !== "read") {
    const unasked = source === undefined ? nobodyToAsk(entry.meter) : source.why;
    const reasons = ofLedger.map(reasonView);
    const nothing = { metered: null, difference: null, unexplained: null };
    return { ...common, ...nothing, unasked, reasons, state: "unasked" };
  }
  const quantity = BigInt(told?.quantity ?? 0);
  const nanoUsd = told?.nanoUsd ?? null;
  const metered = {
    source: source.name,
    quantity: quantity.toString(),
    nanoUsd: nanoUsd?.toString() ?? null,
  };
  const reasons = [
    ...ofLedger,
    ...(told?.remarks ?? []).map(remarkReason),
    ...(nanoUsd === null ? [] : [roundingOf(entry.entries)]),
  ];
  return { ...common, metered, unasked: null, ...compare(entry, { quantity, nanoUsd }, reasons) };
}

function compare(
  entry: LedgerLine,
  metered: { quantity: bigint; nanoUsd: bigint | null },
  reasons: readonly Reason[],
): Pick<TruthLine, "difference" | "unexplained" | "reasons" | "state"> {
  const quantity = entry.quantity - metered.quantity;
  const nanoUsd = metered.nanoUsd === null ? null : entry.nanoUsd - metered.nanoUsd;
  const leftQuantity = unexplained(
    quantity,
    reasons.map((reason) => reason.quantity),
  );
  const leftNanoUsd =
    nanoUsd === null
      ? null
      : unexplained(
          nanoUsd,
          reasons.map((reason) => reason.nanoUsd),
        );
  const same = quantity === 0n && (nanoUsd ?? 0n) === 0n;
  const left = leftQuantity !== 0n || (leftNanoUsd ?? 0n) !== 0n;
  return {
    difference: { quantity: quantity.toString(), nanoUsd: nanoUsd?.toString() ?? null },
    unexplained: { quantity: leftQuantity.toString(), nanoUsd: leftNanoUsd?.toString() ?? null },
    reasons: reasons.map(reasonView),
    state: left ? "unexplained" : same ? "agrees" : "explained",
  };
}

function remarkReason({ kind, quantity }: MeteredLine["remarks"][number]): Reason {
  const most = BigInt(quantity);
  const room = kind === "sent-ahead" ? { more: most, less: 0n } : { more: 0n, less: most };
  return { kind, entries: null, quantity: room, nanoUsd: noRoom, ledger: null };
}

function reasonView({ kind, entries, quantity, nanoUsd, ledger }: Reason): TruthLine["reasons"][number] {
  return {
    kind,
    entries,
    moreQuantity: quantity.more.toString(),
    lessQuantity: quantity.less.toString(),
    moreNanoUsd: nanoUsd.more.toString(),
    lessNanoUsd: nanoUsd.less.toString(),
    ledger,
  };
}

function emptyLine(told: MeteredLine | undefined): LedgerLine {
  const { meter = "", provider = "", model = "" } = told ?? {};
  return { meter, provider, model, quantity: 0n, nanoUsd: 0n, entries: 0 };
}

function stateOf(lines: readonly TruthLine[], asked: readonly AskedSource[]): Truth["state"] {
  if (lines.some(({ state }) => state === "unexplained")) return "unexplained";
  return asked.some(({ state }) => state !== "read") ? "incomplete" : "agrees";
}

const noWayToAsk: Partial<Record<Meter, string>> = {
  [meters.computeMs]:
    "Vercel has no meter that could be asked. Pages, API calls and ticks take processors too, and are not in the ledger.",
  [meters.computeMemory]:
    "Vercel has no meter that could be asked. Pages, API calls and ticks take memory too, and are not in the ledger.",
  [meters.databaseRows]: "Rows are counted to be seen: nobody charges for them.",
  [meters.blobStorage]:
    "Vercel Blob has no meter that could be asked; it is reckoned from the originals that are stored.",
  [meters.vectorStorage]: "The ledger has what Vector itself says of its size.",
};

function nobodyToAsk(meter: string): string {
  const known = new Map<string, string>(Object.entries(noWayToAsk)).get(meter);
  return known ?? "No meter is set for it: WAYBILL_METER_URLS names none.";
}
