import { z } from "zod";
import { failureStates } from "../../db/failure-states.ts";

/** A failure group in a list. Times are ISO 8601 in UTC, money is nano-USD. */
export const failureSummarySchema = z.object({
  id: z.string(),
  state: z.enum(failureStates),
  step: z.string(),
  code: z.string(),
  message: z.string().describe("the sentence of the newest failure of the group"),
  provider: z.string().nullable(),
  status: z.number().int().nullable().describe("the provider's HTTP status"),
  failures: z.number().int().describe("how often it happened"),
  files: z.number().int().describe("how many files it has happened to"),
  standing: z.number().int().describe("how many files stand failed by it now"),
  attempts: z.number().int().describe("attempts that were spent on it"),
  wastedNanoUsd: z.string(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  hours: z.array(z.number().int()).describe("failures in each of the last 24 hours, the newest last"),
  graphVersions: z.array(z.number().int()),
  deployments: z.array(z.string()),
  assignee: z.object({ keyId: z.string(), name: z.string() }).nullable(),
  ignored: z
    .object({
      until: z.string().nullable().describe("when it is open again"),
      untilFailures: z.number().int().nullable().describe("more failures after which it is open again"),
    })
    .nullable()
    .describe("how long, while it is ignored; neither of both: for ever"),
  resolvedIn: z.string().nullable().describe("the deployment that claims to have mended it"),
  regressedIn: z.string().nullable().describe("the deployment under which it came back"),
});

/** What was changed in the hours around a group's first failure, newest first. */
const changeSchema = z.object({
  at: z.string(),
  kind: z.enum(["deployment", "graph", "settings", "price", "budget", "provider"]),
  text: z.string().describe("one sentence"),
});

/** A failure group with all that is known of it. */
export const failureViewSchema = failureSummarySchema.extend({
  days: z
    .array(z.object({ at: z.string(), failures: z.number().int() }))
    .describe("by hour, the last 7 days"),
  fingerprints: z.array(
    z.object({ version: z.number().int(), fingerprint: z.string(), message: z.string() }),
  ),
  splitOffBy: z
    .array(z.string())
    .describe("parts of a sentence by which failures of another group come here"),
  mergedInto: z
    .object({ id: z.string(), message: z.string(), at: z.string() })
    .nullable()
    .describe("the group that has its failures now"),
  changes: z.array(changeSchema),
});

/** A file of a failure group. */
export const failedFileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  project: z.string(),
  status: z.string(),
  standing: z.boolean().describe("whether it stands failed by this group now"),
  times: z.number().int().describe("how often the group's failure happened to it in a row"),
  poison: z.boolean().describe("whether that was so often that another try will hardly help"),
  lastFailedAt: z.string(),
  bytes: z.number().int(),
  pages: z.number().int().nullable(),
});

export type FailureSummary = z.infer<typeof failureSummarySchema>;
export type FailureView = z.infer<typeof failureViewSchema>;
export type FailedFile = z.infer<typeof failedFileSchema>;
