import { z } from "zod";
import { fileStatuses } from "../../pipeline/files/file-view.ts";

/** How many runs of a version and a status are counted at most. */
export const runCountCap = 10_000;

/** From how many attempts of all steps, the newest that succeeded, durations are told. */
export const durationSample = 2_000;

/** A step of a graph as it was stored; its name may be one that no step has any more. */
export const graphStepSchema = z.object({
  name: z.string(),
  needs: z.array(z.object({ step: z.string(), shards: z.enum(["all", "same-shard"]) })),
  plannedBy: z.string().nullable().describe("the step whose result says how many shards this one has"),
  fanOut: z.string().describe("which unit a shard is, or `once`"),
  maxAttempts: z.number().int(),
  timeLimitMs: z.number().int().describe("how long an attempt may take"),
  meters: z.array(z.string()),
});

/** The graph of a version. */
export const storedGraphSchema = z.object({ version: z.number().int(), steps: z.array(graphStepSchema) });

const runCount = z.object({
  count: z.number().int(),
  capped: z.boolean().describe("whether there are more than that"),
});

/** A version of the graph, with what became of its runs. Times are ISO 8601 in UTC. */
export const graphVersionSchema = z.object({
  version: z.number().int(),
  current: z.boolean().describe("whether new runs go by it"),
  firstUsedAt: z.string().nullable().describe("null while no run has gone by it"),
  lastBegunAt: z.string().nullable().describe("when the newest of its runs began"),
  runs: z.object({ underWay: runCount, succeeded: runCount, failed: runCount, cancelled: runCount }),
});

/** As `graphVersionSchema`, with the graph itself. */
export const oneGraphVersionSchema = graphVersionSchema.extend({
  steps: z.array(graphStepSchema).nullable().describe("null for a version of which the graph was not kept"),
});

/** A run of a version. */
export const versionRunSchema = z.object({
  runId: z.string(),
  number: z.number().int(),
  fileId: z.string(),
  fileName: z.string(),
  project: z.string(),
  status: z.enum(fileStatuses),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  costNanoUsd: z.string(),
});

/** What a step came to in a span of time, over all versions. */
export const stepFiguresSchema = z.object({
  step: z.string(),
  attempts: z.number().int(),
  cameToNothing: z.number().int().describe("attempts that met a fault or whose worker vanished"),
  nanoUsd: z.string(),
  wasteNanoUsd: z.string().describe("of that, for nothing"),
  samples: z.number().int().describe("how many attempts the durations are told from"),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

export type GraphStep = z.infer<typeof graphStepSchema>;
export type GraphVersion = z.infer<typeof graphVersionSchema>;
export type OneGraphVersion = z.infer<typeof oneGraphVersionSchema>;
export type VersionRun = z.infer<typeof versionRunSchema>;
export type StepFigures = z.infer<typeof stepFiguresSchema>;
