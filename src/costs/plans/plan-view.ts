import { z } from "zod";
import { meters } from "../../telemetry/names.ts";

const amount = z.string().regex(/^\d{1,18}$/, "is a string of digits: nano-USD");
/** A month of UTC. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "is a month such as 2026-11");

const allowanceSchema = z.strictObject({
  meter: z.enum(meters),
  quantity: z
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .describe("free in each month, in the meter's units, over all its models"),
});

/** A plan as it is set. */
export const newPlanSchema = z.strictObject({
  provider: z.string().trim().min(1).max(60),
  name: z.string().trim().min(1).max(100).describe("such as `Pro`, or `pay as you go`"),
  monthlyNanoUsd: amount.describe("for a month, whatever is used in it"),
  allowances: z
    .array(allowanceSchema)
    .max(20)
    .refine((list) => new Set(list.map(({ meter }) => meter)).size === list.length, "names a meter twice")
    .default([]),
  from: monthSchema
    .optional()
    .describe("the first month for which it holds; the present one unless it is said"),
});

export type NewPlan = z.output<typeof newPlanSchema>;

/** A plan as the API shows it. Amounts are nano-USD as strings. */
export const planViewSchema = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  monthlyNanoUsd: z.string(),
  allowances: z.array(z.object({ meter: z.string(), unit: z.string(), quantity: z.number().int() })),
  from: z.string(),
  revision: z.number().int(),
  status: z.enum(["current", "coming", "past", "superseded"]),
  addedAt: z.string(),
});

export type PlanView = z.output<typeof planViewSchema>;

const billLineSchema = z.object({
  meter: z.string(),
  unit: z.string(),
  quantity: z.string(),
  freeQuantity: z.string().describe("what of it the plan includes"),
  nanoUsd: z.string().describe("at the price book's prices, as in the ledger"),
  freeNanoUsd: z.string().describe("what of that the plan includes"),
  ledger: z.string().describe("the query of /api/v1/ledger that opens the entries"),
});

/** What a month's invoices should come to. */
export const billSchema = z.object({
  month: z.string(),
  nanoUsd: z.string().describe("the ledger: all that was used, at the price book's prices"),
  freeNanoUsd: z.string(),
  plansNanoUsd: z.string(),
  billNanoUsd: z.string().describe("`nanoUsd` less what is free, and the plans' own prices"),
  providers: z.array(
    z.object({
      provider: z.string(),
      plan: planViewSchema.nullable(),
      nanoUsd: z.string(),
      freeNanoUsd: z.string(),
      billNanoUsd: z.string(),
      lines: z.array(billLineSchema),
    }),
  ),
});

export type Bill = z.output<typeof billSchema>;
