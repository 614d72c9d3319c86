import { z } from "zod";
import { forecastBudgetSchema } from "../../costs/budgets/budget-view.ts";
import { breakerProviders, breakerStates } from "../../db/breaker-states.ts";
import { findingClasses } from "../../db/reconciliation-states.ts";
import { requeueStates } from "../../db/requeue-states.ts";
import { stuckReasons } from "../../db/stuck-states.ts";
import { failureSummarySchema } from "../failures/failure-view.ts";

const time = z.string().describe("ISO 8601, UTC");
const whole = z.number().int();
/** Says of a count that it was cut. */
const capped = z.boolean().describe("true when there are more than were counted");

/** What fails now, by its causes. */
const failuresSchema = z.object({
  groups: whole.describe("open or come back, and at least one file stands failed by them"),
  open: whole.describe("open or come back, whether a file stands failed by them or not"),
  capped,
  files: whole.describe("files that stand failed by the counted groups"),
  steps: z
    .array(
      z.object({
        step: z.string(),
        groups: whole,
        files: whole,
        since: time.nullable().describe("first failure of those that never went away; null: all came back"),
      }),
    )
    .describe("in which steps, the most files first"),
  top: z.array(failureSummarySchema).describe("the five groups by which most files stand failed"),
});

/** Steps that do not go on. */
const stuckSchema = z.object({
  steps: whole,
  capped,
  reasons: z.array(z.object({ reason: z.enum(stuckReasons), steps: whole, since: time })),
});

const budgetSchema = forecastBudgetSchema
  .pick({ id: true, name: true, window: true, mode: true, limitNanoUsd: true, settledNanoUsd: true })
  .extend({
    reservedNanoUsd: z.string(),
    held: whole,
    heldCapped: capped,
    forecast: forecastBudgetSchema.shape.forecast,
  });

/** Money: what is spent of what may be, and what waits for it. */
const moneySchema = z.object({
  budgets: whole,
  capped,
  holding: whole.describe("budgets that hold steps"),
  held: whole.describe("steps that they hold"),
  heldCapped: capped,
  nearest: z.array(budgetSchema).describe("the five nearest to their limits; those that hold come first"),
});

/** What is under way. */
const backlogSchema = z.object({
  files: whole.describe("files whose run has not ended"),
  held: whole.describe("of those, held"),
  capped,
  oldestAt: time.nullable().describe("when the run began that is under way for the longest"),
});

/** How many files are done. */
const throughputSchema = z.object({
  perMinute: z.number().describe("files that ended in the last hour, well or not, a minute"),
  failedPerMinute: z.number(),
  dayBeforePerMinute: z.number().describe("the same hour of the day before"),
  hours: z
    .array(z.object({ at: time, succeeded: whole, failed: whole }))
    .describe("of the last 24 hours, the oldest first; the last one is not over"),
});

/** How long it takes from the upload until a file can be searched, in ms. */
const searchableSchema = z.object({
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  files: whole.describe("of how many files it is told: the newest 1,000 of the last 24 hours"),
});

const providersSchema = z.array(
  z.object({
    provider: z.enum(breakerProviders),
    name: z.string(),
    state: z.enum(breakerStates),
    byHand: z.boolean(),
    since: time,
    errorPercent: z.number().nullable().describe("of the calls of the last five minutes; null without one"),
    p95Ms: z.number().nullable(),
    heldSteps: whole,
  }),
);

/** The newest reconciliation. */
const reconciliationSchema = z.object({
  id: z.string(),
  startedAt: time,
  finishedAt: time.nullable(),
  open: whole.describe("findings that are neither repaired nor gone"),
  classes: z.array(z.object({ class: z.enum(findingClasses), open: whole })).describe("those with any"),
});

/** A requeue that is under way, or whose proof is not done. */
const requeueSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(requeueStates),
  total: whole,
  left: whole.describe("files without an outcome"),
  leftCapped: capped,
});

const part = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullable().describe("null: it could not be read");

/** All at a glance. Each part is read by itself: one that could not be read takes no other with it. */
export const overviewSchema = z.object({
  readAt: time,
  failures: part(failuresSchema),
  stuck: part(stuckSchema),
  money: part(moneySchema),
  backlog: part(backlogSchema),
  throughput: part(throughputSchema),
  searchable: part(searchableSchema),
  providers: part(providersSchema),
  reconciliation: part(z.object({ last: reconciliationSchema.nullable() })),
  requeues: part(z.array(requeueSchema)),
});

/** All at a glance, as the API answers. */
export type Overview = z.infer<typeof overviewSchema>;

/** The parts that are read by themselves. */
export type OverviewPart = Exclude<keyof Overview, "readAt">;

/** A part that was read. */
export type Read<Part extends OverviewPart> = NonNullable<Overview[Part]>;
