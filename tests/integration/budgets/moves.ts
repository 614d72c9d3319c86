import { sql } from "drizzle-orm";
import fc from "fast-check";
import { z } from "zod";
import { passBudgetGate } from "../../../src/costs/budgets/budget-gate.ts";
import { budgetKeys } from "../../../src/costs/budgets/budget-keys.ts";
import { changeBudget, removeBudget } from "../../../src/costs/budgets/change-budget.ts";
import { releaseReservation } from "../../../src/costs/budgets/give-back.ts";
import { openBudget } from "../../../src/costs/budgets/open-budget.ts";
import { closeFileAccounts, openFileAccounts } from "../../../src/costs/budgets/open-file-accounts.ts";
import { type Ask, reserve } from "../../../src/costs/budgets/reserve.ts";
import { type NewEntry, recordEntries } from "../../../src/costs/ledger/record-entries.ts";
import type { Db } from "../../../src/db/client.ts";
import { meters } from "../../../src/telemetry/names.ts";
import { newBudget } from "../../support/budgets/new-budget.ts";
import { newEntry } from "../../support/new-entry.ts";

/** Everything that can be done with money. The numbers choose among few, so that keys and ids meet. */
export type Move =
  | { readonly do: "ask"; readonly res: number; readonly asks: number; readonly tokens: number }
  | { readonly do: "charge"; readonly res: number; readonly entry: number; readonly tokens: number }
  | { readonly do: "release"; readonly res: number }
  | { readonly do: "go on"; readonly res: number; readonly entry: number; readonly tokens: number }
  | { readonly do: "crash"; readonly res: number; readonly entry: number; readonly tokens: number }
  | { readonly do: "spend"; readonly entry: number; readonly tokens: number; readonly lateMs: number }
  | { readonly do: "correct"; readonly entry: number; readonly tokens: number }
  | { readonly do: "begin"; readonly budget: number; readonly tokens: number }
  | { readonly do: "change"; readonly budget: number; readonly tokens: number }
  | { readonly do: "remove"; readonly budget: number }
  | { readonly do: "close files" }
  | { readonly do: "wait"; readonly minutes: number };

const res = fc.nat(11);
const entry = fc.nat(30);
const tokens = fc.nat(40);
const kind = <Name extends string>(name: Name) => fc.constant(name);

/** What happens as it should: nothing costs more than was set aside for it. */
export const orderlyMoves: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: kind("ask"), res, asks: fc.integer({ min: 1, max: 4 }), tokens }),
  },
  { weight: 4, arbitrary: fc.record({ do: kind("go on"), res, entry, tokens: fc.constant(1) }) },
  { weight: 2, arbitrary: fc.record({ do: kind("release"), res }) },
  { weight: 1, arbitrary: fc.record({ do: kind("crash"), res, entry, tokens }) },
  { weight: 1, arbitrary: fc.record({ do: kind("wait"), minutes: fc.integer({ min: 1, max: 50 }) }) },
);

/** And what should not: more than was set aside, nothing set aside, corrections, clocks behind, other limits. */
export const anyMoves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: orderlyMoves },
  { weight: 4, arbitrary: fc.record({ do: kind("charge"), res, entry, tokens }) },
  { weight: 2, arbitrary: fc.record({ do: kind("spend"), entry, tokens, lateMs: fc.nat(7_200_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: kind("correct"), entry, tokens: fc.integer({ min: -20, max: 20 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: kind("begin"), budget: fc.nat(7), tokens }) },
  { weight: 1, arbitrary: fc.record({ do: kind("change"), budget: fc.nat(7), tokens }) },
  { weight: 1, arbitrary: fc.record({ do: kind("remove"), budget: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.constant({ do: "close files" as const }) },
);

/** Tokens are spent by the hundred: that is what a hundred of the local model cost. */
const hundredNano = 2_000n;
const messageNano = 10_000n;

/** The limit that a number stands for. */
function limitOf(number: number): bigint {
  return BigInt(number) * 4_000n;
}

const kinds = [
  {},
  { timeWindow: "hour" },
  { scope: "project", projectId: "proj_0", timeWindow: "day" },
  { scope: "project", projectId: "proj_1", mode: "soft" },
  { scope: "project-step", projectId: "proj_0", step: "embed", timeWindow: "hour" },
  { scope: "file" },
  { scope: "file", projectId: "proj_1", timeWindow: "hour" },
  { mode: "soft", timeWindow: "day", timeZone: "Europe/Berlin" },
] as const;

/** The budget of a number, of a kind of its own. */
function budgetOf(number: number, limitNanoUsd: bigint) {
  return newBudget(`budget_${number}`, limitNanoUsd, kinds[number]);
}

/** Whom a reservation is for: the same number is the same step of the same file. */
function subjectOf(number: number) {
  const step = number % 3 === 0 ? "embed" : "index";
  return { projectId: `proj_${number % 2}`, fileId: `file_${number % 4}`, step };
}

/** An ask of a number: the same number asks for the same again, or for more. */
function askOf(number: number, tokens: number): Ask {
  const subject = subjectOf(number);
  return {
    id: `res_${number}`,
    keys: budgetKeys(subject),
    workNanoUsd: BigInt(tokens) * hundredNano,
    messagesNanoUsd: BigInt(tokens % 3) * messageNano,
    workMs: 0,
    rank: new Date(0),
    step: { id: `step_${number}`, runId: `run_${subject.fileId}`, dispatch: 1 },
  };
}

/** Does a move in a transaction of its own, as it would be done by the pipeline: under the locks of its files. */
export async function doMove(db: Db, move: Move, now: Date): Promise<void> {
  await db
    .transaction(async (tx) => {
      if (move.do === "begin") {
        await openBudget(tx, budgetOf(move.budget, limitOf(move.tokens)), now);
        return;
      }
      if (move.do === "change") {
        await changeBudget(tx, `budget_${move.budget}`, { limitNanoUsd: limitOf(move.tokens) }, now);
        return;
      }
      if (move.do === "remove") {
        await removeBudget(tx, `budget_${move.budget}`, now);
        return;
      }
      await passBudgetGate(tx);
      if (move.do === "close files") await closeFileAccounts({ db: tx });
      else if (move.do !== "wait") await moveMoney(tx, move, now);
    })
    .catch((error: unknown) => {
      if (error !== crashed) throw error;
    });
}

/** Thrown where a worker is killed: what its transaction did is gone. */
const crashed = new Error("killed");

type MoneyMove = Exclude<Move, { do: "begin" | "change" | "remove" | "wait" | "close files" }>;

async function moveMoney(tx: Db, move: MoneyMove, now: Date): Promise<void> {
  switch (move.do) {
    case "ask": {
      const numbers = Array.from({ length: move.asks }, (_, n) => (move.res + n) % 12);
      await lockFiles(tx, numbers);
      await openFileAccounts(tx, fileIdsOf(numbers), now);
      await reserve(
        tx,
        numbers.map((number) => askOf(number, move.tokens)),
        { now },
      );
      return;
    }
    case "release":
      await releaseReservation(tx, `res_${move.res}`, now);
      return;
    case "charge":
      await lockFiles(tx, [move.res]);
      await recordEntries(tx, [chargeOf(move, now, move.tokens), messageOf(move, now)]);
      return;
    case "go on":
    case "crash":
      await goOn(tx, move, now);
      if (move.do === "crash") throw crashed;
      return;
    case "spend": {
      const at = new Date(now.getTime() - move.lateMs);
      await lockFiles(tx, [move.entry]);
      const of = { ...subjectOf(move.entry), ...(move.entry % 3 === 0 && { fileId: null }) };
      await recordEntries(tx, [newEntry(`entry_s${move.entry}`, at, { ...of, quantity: move.tokens * 100 })]);
      return;
    }
    case "correct":
      await correct(tx, move);
  }
}

/** The way of a commit: pays from one reservation no more than it has, gives back the rest, and asks for the next. */
async function goOn(tx: Db, move: MoneyMove & { do: "go on" | "crash" }, now: Date): Promise<void> {
  // A commit moves the money of one run alone.
  const next = (move.res + 4) % 12;
  await lockFiles(tx, [move.res]);
  await openFileAccounts(tx, fileIdsOf([next]), now);
  const ask = askOf(next, move.tokens + 1);
  const { rows } = await tx.execute(
    sql`select work_nano_usd::text as work from reservations where id = ${`res_${move.res}`} for update`,
  );
  const [left] = z.array(z.object({ work: z.string().transform(BigInt) })).parse(rows);
  const affordable = Number((left?.work ?? 0n) / hundredNano);
  const entries = [chargeOf(move, now, Math.min(move.tokens, affordable))];
  await recordEntries(tx, entries, { alsoLock: ask.keys });
  await releaseReservation(tx, `res_${move.res}`, now);
  await reserve(tx, [ask], { now });
}

function chargeOf(move: { res: number; entry: number }, now: Date, tokens: number): NewEntry {
  const of = { ...subjectOf(move.res), reservationId: `res_${move.res}` };
  return newEntry(`entry_${move.entry}`, now, { ...of, quantity: tokens * 100 });
}

function messageOf(move: { res: number; entry: number }, now: Date): NewEntry {
  const of = { ...subjectOf(move.res), reservationId: `res_${move.res}` };
  const message = { meter: meters.qstashMessages, provider: "upstash", model: "*", quantity: 1 };
  return newEntry(`entry_m${move.entry}`, now, { ...of, ...message });
}

async function correct(tx: Db, move: { entry: number; tokens: number }): Promise<void> {
  const { rows } = await tx.execute(
    sql`select project_id as "projectId", file_id as "fileId", step, at from ledger where id = ${`entry_${move.entry}`}`,
  );
  const schema = z.object({
    projectId: z.string().nullable(),
    fileId: z.string().nullable(),
    step: z.string(),
    at: z.coerce.date(),
  });
  const [found] = z.array(schema).parse(rows);
  if (found === undefined) return;
  const { at, ...of } = found;
  if (of.fileId !== null) await tx.execute(sql`select from files where id = ${of.fileId} for update`);
  const adjusts = { entryId: `entry_${move.entry}`, nanoUsd: BigInt(move.tokens) * hundredNano };
  const entry = newEntry(`entry_a${move.entry}_${move.tokens}`, at, { ...of, quantity: 0, adjusts });
  await recordEntries(tx, [entry]);
}

function fileIdsOf(numbers: readonly number[]): string[] {
  return [...new Set(numbers.map((number) => subjectOf(number).fileId))];
}

async function lockFiles(tx: Db, numbers: readonly number[]): Promise<void> {
  await tx.execute(
    sql`select from files where id = any(${sql.param(fileIdsOf(numbers))}::text[]) order by id for update`,
  );
}

/** The projects and files that the moves name. */
export async function seedSubjects(db: Db): Promise<void> {
  await db.execute(sql`
    insert into projects (id, slug, name, created_at) select 'proj_' || n, 'p' || n, 'p' || n, now() from generate_series(0, 1) n`);
  await db.execute(sql`
    insert into files (id, project_id, name, content_hash, bytes, media_type, blob_url, status, latest_run_id, created_at, updated_at)
    select 'file_' || n, 'proj_' || n % 2, 'f', 'hash_' || n, 1, 'text/plain', 'u', 'running', 'run_' || n, now(), now()
    from generate_series(0, 3) n`);
  await db.execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at)
    select 'run_' || id, id, 1, 1, '{}', 'running', id, id, now() from files`);
}
