import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { type LedgerLink, ledgerLink } from "../ledger/ledger-link.ts";
import { amountOf, priceAt } from "../prices/price-at.ts";
import { noRoom, type Reason } from "./explain-difference.ts";

/** How long before its entry something may have been bought, in ms: no attempt and no backoff takes longer. */
const edgeMs = 15 * 60_000;
/** Where no attempt tells when it began: as long as one request takes, and as clocks may differ. In ms. */
const momentMs = 60_000;
/** How long it may take until a lost attempt is found and put down, in ms. */
const lostForMs = 86_400_000;

/** A span of time by whole hours of UTC. */
export interface TruthSpan {
  readonly from: Date;
  readonly to: Date;
}

/** A reason, and for which of the ledger's lines. */
export interface LineReason extends Reason {
  readonly line: string;
}

/** What the lines of ledger and meters are told apart by. */
export function lineKey(of: { readonly meter: string; readonly provider: string; readonly model: string }) {
  return `${of.meter} ${of.provider} ${of.model}`;
}

const amount = z.string().transform(BigInt);
const line = z.object({
  meter: z.string(),
  provider: z.string(),
  model: z.string(),
  quantity: amount,
  nano_usd: amount,
  entries: z.number(),
});

/**
 * All that the ledger itself has to say of why it may differ from what was metered; to be read after the ledger.
 * @param asked when the providers were asked, and what for
 */
export async function ledgerReasons(
  { db }: Pick<DbContext, "db">,
  span: TruthSpan,
  asked: { readonly at: Date; readonly meters: readonly string[] },
): Promise<LineReason[]> {
  const { meters } = asked;
  const found = await Promise.all([
    marked(db, span),
    atEdge(db, { span, meters, edge: "from" }),
    atEdge(db, { span, meters, edge: "to" }),
    since(db, span, asked),
  ]);
  return found.flat();
}

const markedSchema = line.extend({ reason: z.enum(["lost-attempt", "no-answer", "price-changed"]) });

/** The entries that stand at an estimate, and those that adjust others. */
async function marked(db: DbContext["db"], span: TruthSpan): Promise<LineReason[]> {
  const within = sql`at >= ${at(span.from)} and at < ${at(span.to)}`;
  const { rows } = await db.execute(sql`
    select meter, provider, model, reason, sum(quantity)::text as quantity, sum(nano_usd)::text as nano_usd,
           count(*)::int as entries
    from (
      select ledger.*, case when kind = 'lost-attempt' then 'lost-attempt' else 'no-answer' end as reason
      from ledger left join (select entry_id, kind from wasted_entries) wasted on entry_id = ledger.id
      where estimated and ${within}
      union all
      select ledger.*, 'price-changed' from ledger where adjusts is not null and ${within}
    ) marked
    group by 1, 2, 3, 4`);
  return z
    .array(markedSchema)
    .parse(rows)
    .map(({ reason, ...found }) => {
      const query =
        reason === "price-changed"
          ? { adjusting: "true" }
          : { estimated: "true", waste: reason === "lost-attempt" ? "lost-attempt" : undefined };
      return {
        line: lineKey(found),
        kind: reason,
        entries: found.entries,
        quantity: { more: found.quantity, less: 0n },
        nanoUsd: {
          more: found.nano_usd > 0n ? found.nano_usd : 0n,
          less: found.nano_usd < 0n ? -found.nano_usd : 0n,
        },
        ledger: linkOf(found, span, query),
      };
    });
}

/** The entries right behind the span's beginning or end of what may have been bought before it. */
async function atEdge(
  db: DbContext["db"],
  asked: { span: TruthSpan; meters: readonly string[]; edge: "from" | "to" },
): Promise<LineReason[]> {
  const edge = asked.span[asked.edge];
  const until = (ms: number) => new Date(edge.getTime() + ms);
  const behind = (end: Date) => sql`at >= ${at(edge)} and at < ${at(end)}`;
  const { rows } = await db.execute(sql`
    select meter, provider, model, sum(quantity)::text as quantity, sum(nano_usd)::text as nano_usd,
           count(*)::int as entries
    from (
      select * from ledger where ${behind(until(edgeMs))} and meter = any(${sql.param([...asked.meters])}::text[])
      union
      select * from ledger where estimated and ${behind(until(lostForMs))}
    ) entry
    left join (select id as attempt, started_at from attempts) begun on attempt = attempt_id
    left join (select entry_id, kind from wasted_entries) wasted on entry_id = entry.id
    where adjusts is null and coalesce(started_at, at - case when kind = 'failed-delivery'
      then ${ms(edgeMs)} else ${ms(momentMs)} end) < ${at(edge)}
    group by 1, 2, 3`);
  return z
    .array(line)
    .parse(rows)
    .map((found) => ({
      line: lineKey(found),
      kind: "edge",
      entries: found.entries,
      quantity: asked.edge === "from" ? moreOf(found.quantity) : lessOf(found.quantity),
      nanoUsd: asked.edge === "from" ? moreOf(found.nano_usd) : lessOf(found.nano_usd),
      ledger: linkOf(found, { from: edge, to: until(edgeMs) }, {}),
    }));
}

/** What was put down while the providers were asked: it may have been bought before that, or after. */
async function since(
  db: DbContext["db"],
  { from, to }: TruthSpan,
  asked: { readonly at: Date; readonly meters: readonly string[] },
): Promise<LineReason[]> {
  const span = { from: asked.at > from ? asked.at : from, to };
  const { rows } = await db.execute(sql`
    select meter, provider, model, sum(quantity)::text as quantity, sum(nano_usd)::text as nano_usd,
           count(*)::int as entries
    from ledger where at >= ${at(span.from)} and at < ${at(span.to)}
      and meter = any(${sql.param([...asked.meters])}::text[]) and adjusts is null
    group by 1, 2, 3`);
  return z
    .array(line)
    .parse(rows)
    .map((found) => ({
      line: lineKey(found),
      kind: "edge",
      entries: found.entries,
      quantity: moreOf(found.quantity),
      nanoUsd: moreOf(found.nano_usd),
      ledger: linkOf(found, span, {}),
    }));
}

/** What attempts and searches have begun to buy, and have not put down yet; to be read before the ledger. */
export async function underWay({ db }: Pick<DbContext, "db">, span: TruthSpan): Promise<LineReason[]> {
  const begun = sql`created_at >= ${at(span.from)} and created_at < ${at(span.to)}`;
  const { rows } = await db.execute(sql`
    select call.meter, call.provider, call.model, sum(quantity)::text as quantity, count(*)::int as entries,
           sum(${amountOf(sql`quantity`, "price")})::text as nano_usd
    from (
      select meter, provider, model, quantity, created_at from provider_calls where state = 'open' and ${begun}
      union all
      select line.meter, line.provider, line.model, line.quantity, created_at
      from reservations, jsonb_to_recordset(spending -> 'lines') as line(
        meter text, provider text, model text, quantity bigint)
      where state = 'open' and spending is not null and ${begun}
    ) call join lateral ${priceAt("call", sql`created_at`)} price on true
    group by 1, 2, 3`);
  return z
    .array(line)
    .parse(rows)
    .map((found) => ({
      line: lineKey(found),
      kind: "under-way",
      entries: null,
      quantity: lessOf(found.quantity),
      nanoUsd: lessOf(found.nano_usd),
      ledger: null,
    }));
}

function moreOf(amountOfMore: bigint) {
  return { ...noRoom, more: amountOfMore };
}

function lessOf(amountOfLess: bigint) {
  return { ...noRoom, less: amountOfLess };
}

/** The query that opens entries of a line. */
export function linkOf(
  of: { readonly meter: string; readonly provider: string; readonly model: string },
  span: TruthSpan,
  more: LedgerLink,
): string {
  const { meter, provider, model } = of;
  const time = { from: span.from.toISOString(), to: span.to.toISOString() };
  return ledgerLink({ meter, provider, model, ...more, ...time });
}

function at(time: Date): SQL {
  return sql`${time.toISOString()}::timestamptz`;
}

function ms(duration: number): SQL {
  return sql`${duration} * interval '1 ms'`;
}
