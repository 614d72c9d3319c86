import { z } from "zod";
import { exclusions } from "../../db/requeue-states.ts";
import { fileStatuses } from "../../pipeline/files/file-view.ts";
import { fileAttributes } from "../failures/file-traits.ts";

/** The most files that one plan may name or find. */
export const planLimit = 100_000;

const where = z
  .strictObject({ attribute: z.enum(fileAttributes), value: z.string().min(1).max(200) })
  .describe("of those, the files that have this in common");

const filter = z.strictObject({
  project: z.string().min(1).optional().describe("a project's slug"),
  status: z.array(z.enum(fileStatuses)).min(1).optional(),
  q: z.string().min(1).max(255).optional().describe("a part of the name"),
  step: z.string().min(1).max(60).optional().describe("the step at which they failed"),
  code: z.string().min(1).max(60).optional().describe("the error code with which they failed"),
  createdAfter: z.iso.datetime({ offset: true }).optional(),
  createdBefore: z.iso.datetime({ offset: true }).optional(),
});

/** Which files are to be requeued. */
export const selectionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("step"), step: z.string().min(1).describe("the id of a step of a run") }),
  z.strictObject({ kind: z.literal("files"), files: z.array(z.string().min(1)).min(1).max(10_000) }),
  z.strictObject({
    kind: z.literal("group"),
    group: z.string().min(1).describe("all files that stand failed by this failure group"),
    where: where.optional(),
  }),
  z.strictObject({ kind: z.literal("filter"), filter }),
]);

/** How a requeue goes. */
export const requeueOptionsSchema = z.strictObject({
  perMinute: z.number().int().min(1).max(60_000).nullable().default(null).describe("at most; null: no limit"),
  canary: z
    .strictObject({
      files: z.number().int().min(1).max(1_000),
      succeedPercent: z.number().int().min(1).max(100),
    })
    .nullable()
    .default(null)
    .describe("so many first; the rest only if at least so many of 100 of them succeed"),
  undoSeconds: z.number().int().min(0).max(3_600).default(10).describe("before anything is sent"),
  includePoison: z.boolean().default(false).describe("also files with the same failure three times in a row"),
});

/** What a plan is made from. */
export const planRequestSchema = z.strictObject({
  selection: selectionSchema,
  from: z.string().min(1).max(60).default("failed").describe("`failed`, `start`, or the name of a step"),
  graph: z
    .enum(["same", "current"])
    .default("same")
    .describe("`current` begins a new run from the start, on the graph's newest version"),
  options: requeueOptionsSchema.prefault({}),
  name: z.string().trim().min(1).max(120).optional(),
});

const excludedSchema = z.array(z.object({ reason: z.enum(exclusions), files: z.number().int() }));

/** A frozen plan. Money is nano-USD, times are ISO 8601 in UTC. */
export const planViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  requeueId: z.string().nullable().describe("the requeue that carries it out"),
  createdAt: z.string(),
  createdBy: z.string(),
  selection: selectionSchema,
  from: z.string(),
  graph: z.enum(["same", "current"]),
  options: requeueOptionsSchema,
  selected: z.number().int(),
  included: z.number().int(),
  excluded: excludedSchema,
  stages: z
    .array(
      z.object({
        step: z.string(),
        runs: z.number().int().describe("steps that are done"),
        reused: z.number().int().describe("steps whose result stands"),
        ahead: z
          .number()
          .int()
          .describe("files that come to this step for the first time: it is planned on the way"),
      }),
    )
    .describe("in the graph's order"),
  cost: z
    .object({
      lowNanoUsd: z
        .string()
        .describe("steps once, in the usual time; those ahead: what half of such files have cost"),
      highNanoUsd: z.string().describe("what is set aside for steps; those ahead: what 95 of 100 have cost"),
      unknown: z.array(z.string()).describe("steps ahead of which nothing is known yet: not in it"),
    })
    .describe("those ahead by what files of about the same size have cost there lately"),
  budgets: z.array(
    z.object({
      budgetId: z.string(),
      label: z.string(),
      freeNanoUsd: z.string().describe("now"),
      leftLowNanoUsd: z.string().describe("after it, at its dearest; may be below zero"),
      leftHighNanoUsd: z.string().describe("after it, at its cheapest"),
      held: z.number().int().describe("files that would wait for this budget"),
    }),
  ),
  held: z.number().int().describe("files that would wait for money"),
  changed: z
    .array(z.object({ reason: z.enum(exclusions), files: z.number().int() }))
    .describe("what happened since to files of the plan, which are skipped"),
});

/** A file of a plan. */
export const planFileSchema = z.object({
  fileId: z.string(),
  name: z.string().nullable().describe("null: no such file"),
  project: z.string().nullable(),
  excluded: z.enum(exclusions).nullable(),
  lowNanoUsd: z.string(),
  highNanoUsd: z.string(),
});

/** That a plan is carried out, and what of it is not, as the world has changed. */
export const executedSchema = z.object({
  requeueId: z.string(),
  startsAt: z.string().describe("until then undo is free"),
  changed: planViewSchema.shape.changed,
});

export type Executed = z.infer<typeof executedSchema>;
export type Selection = z.infer<typeof selectionSchema>;
export type PlanRequest = z.output<typeof planRequestSchema>;
export type PlanView = z.infer<typeof planViewSchema>;
export type PlanFile = z.infer<typeof planFileSchema>;
