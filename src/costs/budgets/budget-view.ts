import { z } from "zod";
import { budgetModes, budgetScopes, budgetWindows } from "../../db/budget-kinds.ts";

const nanoUsd = z.string().regex(/^-?\d+$/);

/** A budget with what its window has counted. Amounts are nano-USD as strings, times ISO 8601 in UTC. */
export const budgetViewSchema = z.object({
  id: z.string(),
  name: z.string().describe("what it is called: made of its scope and window"),
  scope: z.enum(budgetScopes),
  project: z.string().nullable().describe("slug"),
  step: z.string().nullable(),
  window: z.enum(budgetWindows),
  timeZone: z.string().describe("IANA name of the zone in which days and months begin"),
  mode: z.enum(budgetModes),
  thresholds: z.array(z.number().int()).describe("in percent of the limit: at each an alert, once a window"),
  limitNanoUsd: nanoUsd,
  settledNanoUsd: nanoUsd.describe("the sum of the ledger entries of the window"),
  reservedNanoUsd: nanoUsd.describe("set aside for what is under way"),
  freeNanoUsd: nanoUsd.describe("what may still be set aside"),
  unreservedNanoUsd: nanoUsd.describe("of what is settled, what no reservation had covered"),
  excessNanoUsd: nanoUsd.describe("how far it stands above the limit, for what no reservation could prevent"),
  windowStart: z.string().nullable().describe("null where the window is `total`"),
  windowEnd: z.string().nullable(),
  file: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe("scope `file`: the file under way that is nearest to its limit; the amounts are its own"),
  accounts: z.number().int().describe("how many subjects it counts for: files under way, else 1"),
  holds: z.object({
    count: z.number().int(),
    oldestSince: z.string().nullable(),
    neededNanoUsd: nanoUsd,
  }),
  alerts: z
    .array(z.object({ percent: z.number().int(), at: z.string() }))
    .describe("what it has crossed in this window; 100 also when it held a step"),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** How a budget's window goes on, by this window's pace in the shape of the last four weeks. */
const forecastViewSchema = z.object({
  basis: z
    .enum(["week", "rate", "none"])
    .describe(
      "`week`: the shape of the last weeks; `rate`: evenly, for want of history; `none`: nothing is spent",
    ),
  atEndNanoUsd: nanoUsd.nullable().describe("what will be settled when the window ends"),
  usedUpAt: z
    .string()
    .nullable()
    .describe("when the limit will be reached; null: not in this window, or not in 90 days"),
});

/** A budget with its forecast; there is none of a budget that caps files. */
export const forecastBudgetSchema = budgetViewSchema.extend({ forecast: forecastViewSchema.nullable() });

/** A point of a budget's course through its window: what had been settled by then, or will be. */
export const coursePointSchema = z.object({
  at: z.string(),
  settledNanoUsd: nanoUsd.nullable(),
  expectedNanoUsd: nanoUsd.nullable(),
});

/** A step that waits for money. */
export const heldStepViewSchema = z.object({
  stepId: z.string(),
  step: z.string(),
  shard: z.number().int(),
  runId: z.string(),
  fileId: z.string(),
  fileName: z.string(),
  project: z.string(),
  neededNanoUsd: nanoUsd,
  aboveLimit: z
    .boolean()
    .describe("true when it needs more than the whole limit: it never goes on by itself"),
  since: z.string(),
});

export type ForecastBudget = z.infer<typeof forecastBudgetSchema>;
export type CoursePoint = z.infer<typeof coursePointSchema>;
export type BudgetView = z.infer<typeof budgetViewSchema>;
export type HeldStepView = z.infer<typeof heldStepViewSchema>;
