import { sql } from "drizzle-orm";
import { z } from "zod";
import { type RollupRow, readRollup } from "../../costs/rollups/read-rollup.ts";
import { costRollup } from "../../costs/rollups/rollup.ts";
import type { DbContext } from "../../db/context.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import { meters } from "../../telemetry/names.ts";
import { durationSample, type StepFigures } from "./graph-version-view.ts";

const durations = z.array(
  z.object({ step: z.string(), samples: z.number(), p50Ms: z.number(), p95Ms: z.number() }),
);
const cameToNothing = ["failed-attempt", "lost-attempt"];

/**
 * What each step came to in a span of time: attempts, those that came to nothing and costs from the sums by time,
 * durations from the newest 2,000 attempts of all steps that succeeded in it. A step that nobody has tried then is
 * left out.
 * @param span each end on a quarter hour of UTC
 */
export async function readStepFigures(
  { db }: Pick<DbContext, "db">,
  span: { readonly from: Date; readonly to: Date },
): Promise<StepFigures[]> {
  const boundaries = [span.from, span.to];
  const [sums, times] = await Promise.all([
    readRollup(db, costRollup, { boundaries, by: ["step", "meter", "waste"] }),
    readDurations({ db }, span),
  ]);
  const names = [...new Set(sums.map(({ key }) => key.step ?? ""))];
  return names.map((step) => {
    const ofStep = sums.filter(({ key }) => key.step === step);
    const tried = ofStep.filter(({ key }) => key.meter === meters.computeMs);
    const wasted = ofStep.filter(({ key }) => key.waste !== null);
    const time = times.find((row) => row.step === step);
    return {
      step,
      attempts: Number(sum(tried, "entries")),
      cameToNothing: Number(
        sum(
          tried.filter(({ key }) => cameToNothing.includes(key.waste ?? "")),
          "entries",
        ),
      ),
      nanoUsd: sum(ofStep, "nano_usd").toString(),
      wasteNanoUsd: sum(wasted, "nano_usd").toString(),
      samples: time?.samples ?? 0,
      p50Ms: time?.p50Ms ?? null,
      p95Ms: time?.p95Ms ?? null,
    };
  });
}

function sum(rows: readonly RollupRow[], column: "entries" | "nano_usd"): bigint {
  return rows.reduce((total, { sums }) => total + (sums[column] ?? 0n), 0n);
}

async function readDurations({ db }: Pick<DbContext, "db">, { from, to }: { from: Date; to: Date }) {
  const tookMs = sql`extract(epoch from attempt.finished_at - attempt.started_at) * 1000`;
  const share = (of: number) =>
    sql`(percentile_disc(${of}::float8) within group (order by ${tookMs}))::float8`;
  const { rows } = await db.execute(sql`
    select step.name as step, count(*)::integer as samples, ${share(0.5)} as "p50Ms", ${share(0.95)} as "p95Ms"
    from (
      select step_id, started_at, finished_at from ${attempts}
      where outcome = 'succeeded' and finished_at >= ${from.toISOString()}::timestamptz
        and finished_at < ${to.toISOString()}::timestamptz
      order by finished_at desc nulls last limit ${durationSample}
    ) attempt
    -- Each looked up by itself: no plan reads all steps for these few.
    cross join lateral (select name from ${steps} where steps.id = attempt.step_id limit 1) step
    group by step.name`);
  return durations.parse(rows);
}
